import type { DatabaseSync } from 'node:sqlite';
import type { Conversation } from '../../dialogue/conversation.ts';
import type { OutboxEffect } from '../../dialogue/effect.ts';
import type { Event } from '../../dialogue/event.ts';
import type { Rendered } from '../../words/words.ts';
import type { DueEffect } from '../contract.ts';
import { laneOf } from '../effect-kinds.ts';
import { PUSH_LIVES_MS, REPLY_LIVES_MS } from '../lifetimes.ts';

type Send = Extract<OutboxEffect, { kind: 'send' }>;

/** What the effects of one turn have in common. */
export interface Turned {
  event: Event;
  conversation: Conversation;
  conversationId: string;
  /** Its number in the tables. */
  rowId: number;
  /** Why the address takes nothing now, or null. */
  unreachable: string | null;
}

/** Writes lines of the transcript and effects of the outbox. */
export function prepareOutboxWriting(database: DatabaseSync, now: () => number) {
  const insertLine = database.prepare(
    `insert into lines (conversation, at, author, agent_name, language, shown, reply, blob_ids,
       secret_ref, delivery) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertEffect = database.prepare(
    `insert into effects (conversation, kind, push, by_agent, state, lane, created_at, due_at,
       expires_at, attempts, repeat, epoch, line_id, payload, why)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'safe', ?, ?, ?, ?)`,
  );
  const findRetried = database.prepare(
    `select effect_id, line_id from effects where conversation = ? and state = 'due'
       and attempts > 0 and kind = 'send' and push = 0 and by_agent = 0`,
  );
  const cancelEffect = database.prepare(
    `update effects set state = 'cancelled' where effect_id = ?`,
  );
  const cancelLine = database.prepare(`update lines set delivery = 'cancelled' where id = ?`);

  function insert(turned: Turned, effect: OutboxEffect, more: Partial<DueEffect>): DueEffect {
    const { event, conversation, conversationId, rowId, unreachable } = turned;
    const send = effect.kind === 'send' ? effect : null;
    const { lane = null, expiresAt = null, lineId = null, shown = null } = more;
    const { epoch } = conversation.owner;
    const payload = send ? send.agent : effect;
    // Due at once, also where the platform's clock is ahead of ours.
    const dueAt = Math.min(event.at, now());
    const { lastInsertRowid } = insertEffect.run(
      rowId,
      effect.kind,
      send?.push ? 1 : 0,
      send?.agent ? 1 : 0,
      send && !send.push && unreachable !== null ? 'dead' : 'due',
      lane,
      event.at,
      dueAt,
      expiresAt,
      epoch,
      lineId,
      payload ? JSON.stringify(payload) : null,
      send && unreachable,
    );
    return {
      effectId: Number(lastInsertRowid),
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
      lineId,
      shown,
      effect,
    };
  }

  return {
    writeHeard(
      turned: Turned,
      shown: Rendered,
      heard: { blobIds?: string[]; secretRef?: string },
    ): void {
      const { event, conversation, rowId } = turned;
      insertLine.run(
        rowId,
        event.at,
        'installer',
        null,
        conversation.language,
        JSON.stringify(shown),
        null,
        heard.blobIds?.length ? JSON.stringify(heard.blobIds) : null,
        heard.secretRef ?? null,
        'sent',
      );
    },

    /** A newer answer of the bot replaces older ones that have failed so far and would come late. */
    supersede(rowId: number): void {
      for (const { effect_id, line_id } of findRetried.all(rowId)) {
        cancelEffect.run(effect_id ?? null);
        cancelLine.run(line_id ?? null);
      }
    },

    /** Null when the address takes nothing: the line says so, and nobody need try. */
    writeSend(turned: Turned, effect: Send, shown: Rendered): DueEffect | null {
      const { event, conversation, conversationId, rowId, unreachable } = turned;
      const { agent, push } = effect;
      // News stays due: another conversation of the account may tell it.
      const takes = unreachable === null || push;
      const { lastInsertRowid } = insertLine.run(
        rowId,
        event.at,
        agent ? 'agent' : 'bot',
        agent?.name ?? null,
        conversation.language,
        JSON.stringify(shown),
        JSON.stringify(effect.reply),
        agent?.photo === undefined ? null : JSON.stringify([agent.photo]),
        null,
        takes ? 'due' : 'failed',
      );
      const due = insert(turned, effect, {
        lane: `${push ? 'p' : 'r'}:${conversationId}`,
        // From now on: what a platform delivers late still deserves its answer.
        expiresAt: Math.max(event.at, now()) + (push || agent ? PUSH_LIVES_MS : REPLY_LIVES_MS),
        lineId: Number(lastInsertRowid),
        shown,
      });
      return takes ? due : null;
    },

    writeWork(turned: Turned, effect: Exclude<OutboxEffect, Send>): DueEffect {
      return insert(turned, effect, { lane: laneOf(effect, turned.conversationId) });
    },
  };
}
