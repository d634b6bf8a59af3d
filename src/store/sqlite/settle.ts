import type { DatabaseSync } from 'node:sqlite';
import type { Settlement } from '../contract.ts';

type Failed = Extract<Settlement, { as: 'dead' | 'ambiguous' | 'unreachable' }>;

/**
 * Writes down how attempts ended. What ended well, or need not be known any more, is deleted; what
 * failed for good stays for operators. An effect that is gone already is no error.
 */
export function prepareSettling(
  database: DatabaseSync,
): (settlements: readonly Settlement[]) => void {
  // Nearly all are done: those of a batch share two statements, whatever their number.
  const markLines = database.prepare(
    `update lines set delivery = ?1 where id in (select line_id from effects
       where effect_id in (select value from json_each(?2)))`,
  );
  const remove = database.prepare(
    'delete from effects where effect_id in (select value from json_each(?))',
  );
  const passOn = database.prepare(
    `update lines set delivery = 'sent', told_in = ?
     where id = (select line_id from effects where effect_id = ?)`,
  );
  // News is not over with an address: it may be told elsewhere.
  const keepNews = database.prepare(
    `update effects set why = ?, attempts = attempts + 1
     where effect_id = ? and state = 'due' and push = 1 returning conversation`,
  );
  const end = database.prepare(
    `update effects set state = ?, why = ?, attempts = attempts + 1
     where effect_id = ? and state = 'due' returning line_id, conversation`,
  );
  const retry = database.prepare(
    `update effects set due_at = ?, attempts = attempts + 1, why = ?,
       attempted_at = null, lane = case when ? then null else lane end
     where effect_id = ? and state = 'due'`,
  );
  const failLine = database.prepare(`update lines set delivery = 'failed' where id = ?`);
  const closeAddress = database.prepare('update conversations set unreachable = ? where id = ?');
  // One look through the outbox for all addresses of a batch, since it has no index by conversation.
  const endWaiting = database.prepare(
    `update effects set state = 'dead', why = 'the address takes nothing'
     where conversation in (select value from json_each(?)) and state = 'due' and kind = 'send'
       and push = 0 returning line_id`,
  );

  function finish(delivery: 'sent' | 'cancelled' | 'expired', effectIds: readonly number[]): void {
    if (effectIds.length === 0) return;
    const ids = JSON.stringify(effectIds);
    markLines.run(delivery, ids);
    remove.run(ids);
  }

  /** Answers the conversation whose address is closed by this, or null. */
  function fail({ effectId, as, why }: Failed): number | null {
    const kept = as === 'unreachable' ? keepNews.get(why, effectId) : undefined;
    if (kept) return close(Number(kept.conversation), why);
    const ended = end.get(as === 'ambiguous' ? as : 'dead', why, effectId);
    if (!ended) return null;
    failLine.run(ended.line_id ?? null);
    if (as !== 'unreachable') return null;
    return close(Number(ended.conversation), why);
  }

  function close(conversation: number, why: string): number {
    closeAddress.run(why, conversation);
    return conversation;
  }

  return (settlements) => {
    const idsOf = (as: Settlement['as']) =>
      settlements.flatMap((one) => (one.as === as ? [one.effectId] : []));
    finish('sent', idsOf('done'));
    finish('cancelled', idsOf('cancelled'));
    finish('expired', idsOf('expired'));
    const closed: number[] = [];
    for (const settlement of settlements) {
      switch (settlement.as) {
        case 'done':
        case 'cancelled':
        case 'expired':
          break;
        case 'passedOn':
          passOn.run(settlement.toldIn, settlement.effectId);
          remove.run(JSON.stringify([settlement.effectId]));
          break;
        case 'retry': {
          const { at, why, deferred, effectId } = settlement;
          retry.run(at, why, deferred ? 1 : 0, effectId);
          break;
        }
        default: {
          const conversation = fail(settlement);
          if (conversation !== null) closed.push(conversation);
        }
      }
    }
    if (closed.length === 0) return;
    for (const { line_id } of endWaiting.all(JSON.stringify(closed))) failLine.run(line_id ?? null);
  };
}
