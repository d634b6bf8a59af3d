import type { OutboxEffect } from '../../dialogue/effect.ts';
import { type Event, isFromPerson } from '../../dialogue/event.ts';
import type { Decided, DueEffect, Settlement } from '../contract.ts';
import { isAccountChange, isWork, laneOf } from '../effect-kinds.ts';
import { PUSH_LIVES_MS, REPLY_LIVES_MS } from '../lifetimes.ts';
import { blobsOf, lastTextOf, supersedes } from '../turn-facts.ts';
import type { Vault } from '../vault.ts';
import { accountRow, Changes, caseRow } from './changes.ts';
import type { LoadedTurn } from './load.ts';
import { storable } from './storable.ts';

type Send = Extract<OutboxEffect, { kind: 'send' }>;
type Row = Record<string, unknown>;

/**
 * The rows that the turns of one commit write, gathered for `commit_turns_1`. A row names its turn
 * by `turn`, the place in the batch, and within its turn by `n`.
 */
export class Batch {
  readonly #vault: Vault;
  readonly #now: number;
  readonly #keys: Row[] = [];
  readonly #begun: Row[] = [];
  readonly #changed: Row[] = [];
  readonly #lines: Row[] = [];
  readonly #effects: Row[] = [];
  readonly #cases: Row[] = [];
  readonly #attached: Row[] = [];
  readonly #aside: Row[] = [];
  readonly #secrets: Row[] = [];
  readonly #dropped: Row[] = [];
  readonly #timers: Row[] = [];
  /** A turn that changes accounts is alone in its batch. */
  #account: Row | null = null;
  /** Per turn, what whoever delivers gets, once the store has numbered it. */
  readonly #dues: DueEffect[][] = [];

  constructor(vault: Vault, now: number) {
    this.#vault = vault;
    this.#now = now;
  }

  /** Adds what a turn decided. */
  add(loaded: LoadedTurn, decided: Decided): void {
    const { event, conversationId, row } = loaded;
    const turn = this.#keys.length;
    const unreachable = isFromPerson(event) ? null : (row?.unreachable ?? null);
    this.#keys.push(keyRow(turn, loaded, decided));
    (row ? this.#changed : this.#begun).push(conversationRow(turn, loaded, decided));
    this.#dues.push([]);
    for (const blob_id of blobsOf(event)) {
      this.#attached.push({ turn, conversation_id: conversationId, blob_id });
    }
    this.#addHeard(turn, event, decided);
    if (decided.setAside !== null) this.#setAside(turn, loaded, decided.setAside);
    this.#addEffects(turn, loaded, decided, unreachable);
  }

  /** The arguments of `commit_turns_1`. */
  toParameters(settlements: readonly Settlement[]): string[] {
    const rest = {
      cases: this.#cases,
      attached: this.#attached,
      aside: this.#aside,
      secrets: this.#secrets,
      dropped: this.#dropped,
      timers: this.#timers,
    };
    const settled = settlements.map(({ effectId, as, ...more }) => ({
      effect_id: effectId,
      ended: as,
      ...more,
    }));
    const all = [this.#keys, this.#begun, this.#changed, this.#lines, this.#effects, rest, settled];
    return all.map(toJson);
  }

  /** What `commit_linking_1` takes beside, or null. */
  get account(): string | null {
    return this.#account && toJson(this.#account);
  }

  /** Effect `n` of a turn, as it was numbered. */
  due(turn: number, n: number, effectId: number, lineId: number | null): DueEffect | null {
    const due = this.#dues[turn]?.[n];
    return due ? { ...due, effectId, lineId } : null;
  }

  #addHeard(turn: number, event: Event, { conversation, heard, heardShown }: Decided): void {
    if (!heard || !heardShown) return;
    this.#addLine(turn, event, {
      author: 'installer',
      language: conversation.language,
      shown: JSON.stringify(heardShown),
      blob_ids: heard.blobIds?.length ? JSON.stringify(heard.blobIds) : null,
      secret_ref: heard.secretRef ?? null,
      delivery: 'sent',
    });
  }

  #addLine(turn: number, event: Event, line: Row): number {
    const n = this.#lines.length;
    this.#lines.push({ turn, n, at: event.at, ...line });
    return n;
  }

  #addEffects(
    turn: number,
    loaded: LoadedTurn,
    decided: Decided,
    unreachable: string | null,
  ): void {
    const { event } = loaded;
    const changes = new Changes(this.#vault, turn, loaded.conversationId);
    if (event.type === 'timerFired') changes.add({ kind: 'clearTimer', timer: event.timer });
    let sends = 0;
    for (const effect of decided.effects) {
      if (effect.kind === 'send') {
        const shown = decided.sendsShown[sends];
        if (!shown) throw new TypeError('A send of this turn was not rendered.');
        sends += 1;
        this.#addSend(turn, loaded, decided, effect, shown, unreachable);
      } else if (isWork(effect)) {
        const lane = laneOf(effect, loaded.conversationId);
        this.#addEffect(turn, loaded, decided, effect, { lane }, null);
      } else if (effect.kind === 'changeCase') {
        this.#cases.push(caseRow(turn, this.#cases.length, effect, event.at));
      } else if (isAccountChange(effect)) {
        this.#account = accountRow(effect, loaded, this.#vault);
      } else changes.add(effect);
    }
    this.#secrets.push(...changes.secrets());
    this.#dropped.push(...changes.dropped());
    this.#timers.push(...changes.timers());
  }

  #addSend(
    turn: number,
    loaded: LoadedTurn,
    decided: Decided,
    effect: Send,
    shown: NonNullable<DueEffect['shown']>,
    unreachable: string | null,
  ): void {
    const { event, conversationId } = loaded;
    const { agent, push } = effect;
    // News stays due: another conversation of the account may tell it.
    const closed = push ? null : unreachable;
    const line = this.#addLine(turn, event, {
      author: agent ? 'agent' : 'bot',
      agent_name: agent?.name ?? null,
      language: decided.conversation.language,
      shown: JSON.stringify(shown),
      reply: JSON.stringify(effect.reply),
      blob_ids: agent?.photo === undefined ? null : JSON.stringify([agent.photo]),
      delivery: closed === null ? 'due' : 'failed',
    });
    const more = {
      lane: `${push ? 'p' : 'r'}:${conversationId}`,
      // From now on: what a platform delivers late still deserves its answer.
      expiresAt: Math.max(event.at, this.#now) + (push || agent ? PUSH_LIVES_MS : REPLY_LIVES_MS),
      shown,
    };
    this.#addEffect(turn, loaded, decided, effect, more, line, closed);
  }

  #addEffect(
    turn: number,
    { event, conversationId }: LoadedTurn,
    { conversation }: Decided,
    effect: OutboxEffect,
    more: Partial<Pick<DueEffect, 'lane' | 'expiresAt' | 'shown'>>,
    line: number | null,
    unreachable: string | null = null,
  ): void {
    const { lane = null, expiresAt = null, shown = null } = more;
    const send = effect.kind === 'send' ? effect : null;
    const payload = send ? send.agent : effect;
    // Due at once, also where the platform's clock is ahead of ours.
    const dueAt = Math.min(event.at, this.#now);
    const { epoch } = conversation.owner;
    const dues = this.#dues[turn] ?? [];
    this.#effects.push({
      turn,
      n: dues.length,
      line,
      kind: effect.kind,
      push: send?.push ? 1 : 0,
      by_agent: send?.agent ? 1 : 0,
      state: unreachable === null ? 'due' : 'dead',
      lane,
      created_at: event.at,
      due_at: dueAt,
      expires_at: expiresAt,
      epoch,
      payload: payload ? JSON.stringify(payload) : null,
      why: unreachable,
    });
    dues.push({
      effectId: 0,
      conversationId,
      channel: event.channel,
      chatId: event.chatId,
      lane,
      dueAt,
      expiresAt,
      attempts: 0,
      repeat: 'safe',
      attemptedAt: null,
      epoch,
      lineId: null,
      shown,
      effect,
    });
  }

  #setAside(turn: number, loaded: LoadedTurn, why: string): void {
    const { event, damaged, row } = loaded;
    const { channel, eventId, type, at } = event;
    const before = damaged === null ? {} : { conversation: row?.state };
    const plain = JSON.stringify({ event, ...before });
    const sealed = this.#vault.seal('setAside', `${channel}:${eventId}`, plain).toString('base64');
    this.#aside.push({ turn, channel, event_id: eventId, type, at, why, sealed });
  }
}

function keyRow(turn: number, loaded: LoadedTurn, decided: Decided): Row {
  const { event, conversationId, row } = loaded;
  return {
    turn,
    id: row?.id ?? null,
    version: row?.version ?? null,
    conversation_id: conversationId,
    channel: event.channel,
    event_id: event.eventId,
    at: event.at,
    supersedes: supersedes(loaded, decided),
  };
}

function conversationRow(turn: number, loaded: LoadedTurn, decided: Decided): Row {
  const { event, conversationId, account, row } = loaded;
  const { conversation } = decided;
  const { owner, language } = conversation;
  return {
    turn,
    id: row?.id ?? null,
    conversation_id: conversationId,
    channel: event.channel,
    chat_id: event.chatId,
    account_id: account.id,
    at: event.at,
    from_a_person: isFromPerson(event),
    language,
    owner_who: owner.who,
    owner_agent_id: owner.agentId,
    owner_agent_name: owner.agentName,
    owner_epoch: owner.epoch,
    last_text: lastTextOf(decided),
    state: JSON.stringify(conversation),
  };
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, one) => (typeof one === 'string' ? storable(one) : one));
}
