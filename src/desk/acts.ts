import { randomUUID } from 'node:crypto';
import type { AgentFile, Event } from '../dialogue/event.ts';
import type { ConversationRow } from '../store/contract.ts';
import { DeskError } from './errors.ts';
import { FILE_KINDS, mimeOfFile } from './file-kinds.ts';
import type { ActingAgent, DeskOptions } from './options.ts';

type Base = Pick<Event, 'eventId' | 'at' | 'channel' | 'chatId'>;

/** Channels that show an agent's photo; on the others it would be lost. */
const SHOWS_PHOTOS: readonly ConversationRow['channel'][] = ['web', 'telegram', 'zalo-oa', 'teams'];

interface Act {
  act: 'takeOver' | 'handBack' | 'say';
  text?: string;
  photo?: string;
  file?: AgentFile;
  id?: string;
  from?: string | null;
}

/**
 * What agents do in a conversation, wherever they do it. Each act is a turn of it, audited, and
 * throws a `DeskError` that says why it was not done. `row` is the conversation as the agent saw it.
 */
export class Acts {
  readonly #options: Pick<DeskOptions, 'intake' | 'photos' | 'carries'> & {
    store: Pick<DeskOptions['store'], 'audit' | 'putBlob'>;
  };
  readonly #now: () => number;

  constructor(
    options: Pick<DeskOptions, 'store' | 'intake' | 'photos' | 'carries'>,
    now: () => number,
  ) {
    this.#options = options;
    this.#now = now;
  }

  /** @param from whose conversation is taken away, when an agent is writing in it */
  async takeOver(agent: ActingAgent, row: ConversationRow, from: string | null): Promise<void> {
    if (row.owner.agentId === agent.agentId) return;
    await this.#act(agent, row, { act: 'takeOver', from });
  }

  async handBack(agent: ActingAgent, row: ConversationRow): Promise<void> {
    const { owner } = row;
    if (owner.who === 'bot') return;
    if (owner.who === 'queued') throw new DeskError('takeOverFirst');
    if (owner.agentId !== agent.agentId) {
      throw new DeskError('othersConversation', { name: owner.agentName ?? '' });
    }
    await this.#act(agent, row, { act: 'handBack' });
  }

  /** @param id of what is written: sent again, it is said once */
  async say(agent: ActingAgent, row: ConversationRow, id: string, text: string): Promise<void> {
    const { owner } = row;
    if (owner.who !== 'agent' || owner.agentId !== agent.agentId) {
      throw new DeskError('takeOverFirst');
    }
    await this.#act(agent, row, { act: 'say', text, id });
  }

  /** @param caption words under it, or none */
  async showPhoto(
    agent: ActingAgent,
    row: ConversationRow,
    id: string,
    bytes: Uint8Array,
    caption?: string,
  ): Promise<void> {
    const { photos, store } = this.#options;
    if (row.owner.agentId !== agent.agentId) throw new DeskError('takeOverFirst');
    if (!SHOWS_PHOTOS.includes(row.channel)) throw new DeskError('photosNotThere');
    const tidied = await photos.tidy(bytes);
    if ('failed' in tidied) throw new DeskError('readerDown');
    if ('refused' in tidied) throw new DeskError('notAPicture');
    const photo = await store.putBlob(tidied.bytes, tidied.mime);
    const words = caption === undefined ? {} : { text: caption };
    await this.#act(agent, row, { act: 'say', id, photo, ...words });
  }

  /**
   * A file that is no picture, kept sealed and passed on as its channel can.
   * @param caption words under it, or none
   */
  async sendFile(
    agent: ActingAgent,
    row: ConversationRow,
    id: string,
    { name, bytes }: { name: string; bytes: Uint8Array },
    caption = '',
  ): Promise<void> {
    const { store, carries } = this.#options;
    if (row.owner.agentId !== agent.agentId) throw new DeskError('takeOverFirst');
    const mime = mimeOfFile(name, bytes);
    if (mime === null) throw new DeskError('fileKind', { kinds: FILE_KINDS.join(', ') });
    const size = bytes.length;
    if (!carries(row.channel, { mime, size })) throw new DeskError('filesNotThere');
    const file = { blobId: await store.putBlob(bytes, mime), name, size };
    const words = caption === '' ? {} : { text: caption };
    await this.#act(agent, row, { act: 'say', id, file, ...words });
  }

  async #act(agent: ActingAgent, row: ConversationRow, what: Act): Promise<void> {
    const { agentId, name } = agent;
    const { id = randomUUID(), ...said } = what;
    const at = this.#now();
    const base: Base = { eventId: `desk:${id}`, at, channel: row.channel, chatId: row.chatId };
    const event = { ...base, type: 'agentActed' as const, agentId, agentName: name, ...said };
    const { outcome, owner } = await this.#options.intake.accept(event).catch((cause) => {
      throw new DeskError('notKept', {}, { cause });
    });
    if (outcome === 'duplicate') return;
    // The turn is the arbiter: of two agents at a time it hears one.
    const heard = what.act === 'handBack' ? owner?.who === 'bot' : owner?.agentId === agentId;
    if (!heard) {
      if (what.act !== 'takeOver') throw new DeskError('takenMeanwhile');
      throw new DeskError('othersConversation', { name: owner?.agentName ?? '' });
    }
    const { conversationId: subject } = row;
    await this.#options.store.audit({
      at: this.#now(),
      actor: agentId,
      action: `conversation.${what.act}`,
      subject,
    });
  }
}
