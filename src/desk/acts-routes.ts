import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AgentFile, Event } from '../dialogue/event.ts';
import { parse } from '../server/parse.ts';
import type { ConversationRow } from '../store/contract.ts';
import { conversationOf } from './conversations-routes.ts';
import { DeskError, refuseField } from './errors.ts';
import { keepFile, takeFiles } from './files-routes.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';

const TakeOverSchema = z.object({
  /** Whose conversation is taken away, when an agent is writing in it. */
  from: z.string().nullable().default(null),
});
const SaySchema = z.object({
  /** The page's id of what is written: sent again, it is said once. */
  id: z.uuid(),
  text: z.string('textNeeded').trim().min(1, 'textNeeded').max(4000, 'textLong'),
});
const SentSchema = z.object({ id: z.uuid() });
const PICTURES = ['image/jpeg', 'image/png', 'image/webp'];
const MOST_BYTES = 15 * 1024 * 1024;
/** Channels that show an agent's photo; on the others it would be lost. */
const SHOWS_PHOTOS: readonly ConversationRow['channel'][] = ['web', 'telegram', 'zalo-oa', 'teams'];
const VerifiedSchema = z.object({ verified: z.boolean() });

type Base = Pick<Event, 'eventId' | 'at' | 'channel' | 'chatId'>;

/** What agents do in a conversation. Each act is a turn of it, and audited. */
export function actsRoutes(scope: FastifyInstance, options: DeskOptions, now: () => number): void {
  const { store } = options;
  const at = '/api/desk/conversations/:conversationId';

  const base = (row: ConversationRow, id: string = randomUUID()): Base => ({
    eventId: `desk:${id}`,
    at: now(),
    channel: row.channel,
    chatId: row.chatId,
  });
  const keep = async (event: Event) => {
    try {
      return await options.intake.accept(event);
    } catch (cause) {
      throw new DeskError('notKept', {}, { cause });
    }
  };
  const act = async (
    request: FastifyRequest,
    row: ConversationRow,
    what: {
      act: 'takeOver' | 'handBack' | 'say';
      text?: string;
      photo?: string;
      file?: AgentFile;
      id?: string;
      from?: string | null;
    },
  ) => {
    const { agentId, name } = sessionOf(request).agent;
    const { id, ...said } = what;
    const event = { ...base(row, id), type: 'agentActed' as const, agentId, agentName: name };
    const { outcome, owner } = await keep({ ...event, ...said });
    if (outcome === 'duplicate') return;
    // The turn is the arbiter: of two agents at a time it hears one.
    const heard = what.act === 'handBack' ? owner?.who === 'bot' : owner?.agentId === agentId;
    if (!heard) {
      if (what.act !== 'takeOver') throw new DeskError('takenMeanwhile');
      throw new DeskError('othersConversation', { name: owner?.agentName ?? '' });
    }
    await audit(request, `conversation.${what.act}`, row.conversationId);
  };
  const audit = (request: FastifyRequest, action: string, subject: string, detail?: string) =>
    store.audit({
      at: now(),
      actor: sessionOf(request).agent.agentId,
      action,
      subject,
      ...(detail === undefined ? {} : { detail }),
    });

  scope.post(`${at}/take-over`, async (request) => {
    const { from } = parse(TakeOverSchema, request.body ?? {}, refuseField);
    const row = await conversationOf(request, options);
    if (row.owner.agentId === sessionOf(request).agent.agentId) return {};
    await act(request, row, { act: 'takeOver', from });
    return {};
  });

  scope.post(`${at}/hand-back`, async (request) => {
    const row = await conversationOf(request, options);
    const { owner } = row;
    if (owner.who === 'bot') return {};
    if (owner.who === 'queued') throw new DeskError('takeOverFirst');
    if (owner.agentId !== sessionOf(request).agent.agentId) {
      throw new DeskError('othersConversation', { name: owner.agentName ?? '' });
    }
    await act(request, row, { act: 'handBack' });
    return {};
  });

  scope.post(`${at}/say`, async (request) => {
    const { id, text } = parse(SaySchema, request.body, refuseField);
    const row = await conversationOf(request, options);
    const { owner } = row;
    if (owner.who !== 'agent' || owner.agentId !== sessionOf(request).agent.agentId) {
      throw new DeskError('takeOverFirst');
    }
    await act(request, row, { act: 'say', text, id });
    return {};
  });

  scope.register(async (pictures) => {
    pictures.addContentTypeParser(
      PICTURES,
      { parseAs: 'buffer', bodyLimit: MOST_BYTES },
      (_, body, done) => done(null, body),
    );
    pictures.post(`${at}/photo`, async (request) => {
      const { id } = parse(SentSchema, request.query, refuseField);
      const row = await conversationOf(request, options);
      if (row.owner.agentId !== sessionOf(request).agent.agentId) {
        throw new DeskError('takeOverFirst');
      }
      if (!SHOWS_PHOTOS.includes(row.channel)) throw new DeskError('photosNotThere');
      if (!(request.body instanceof Uint8Array)) throw new DeskError('notAPicture');
      const tidied = await options.photos.tidy(request.body);
      if ('failed' in tidied) throw new DeskError('readerDown');
      if ('refused' in tidied) throw new DeskError('notAPicture');
      const photo = await store.putBlob(tidied.bytes, tidied.mime);
      await act(request, row, { act: 'say', id, photo });
      return {};
    });
  });

  scope.register(async (files) => {
    takeFiles(files);
    files.post(`${at}/file`, async (request) => {
      const { id } = parse(SentSchema, request.query, refuseField);
      const row = await conversationOf(request, options);
      if (row.owner.agentId !== sessionOf(request).agent.agentId) {
        throw new DeskError('takeOverFirst');
      }
      const file = await keepFile(request, options, row.channel);
      await act(request, row, { act: 'say', id, file });
      return {};
    });
  });

  scope.post(`${at}/verified`, async (request) => {
    const { verified } = parse(VerifiedSchema, request.body, refuseField);
    const row = await conversationOf(request, options);
    await options.verify.set(row.accountId, verified).catch((cause) => {
      throw new DeskError('notKept', {}, { cause });
    });
    const action = verified ? 'account.verify' : 'account.unverify';
    await audit(request, action, row.conversationId, row.accountId);
    return {};
  });
}
