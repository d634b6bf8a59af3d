import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../contract.ts';
import { type EffectRecord, effectOf } from '../rows.ts';

type Outbox = Pick<
  Store,
  'dueEffects' | 'nextDue' | 'markAttempted' | 'dueTimers' | 'ownerEpoch' | 'setAsideEvents'
>;

/**
 * An effect stands behind another of its lane that is due only after `until`. What was never tried
 * is due at once, so that only retried ones can hold a lane up.
 */
function standsBehind(until: string): string {
  return `exists (select 1 from effects before where before.state = 'due' and before.attempts > 0
    and before.conversation = e.conversation and before.lane = e.lane
    and before.effect_id < e.effect_id and before.due_at > ${until})`;
}

/** What waits for its time: effects, timers, and events that were set aside. */
export function createOutbox(database: DatabaseSync): Outbox {
  // By id, which is the order of a lane: a retried one is due later than what stands behind it.
  const dueEffects = database.prepare(
    `select e.*, c.conversation_id, c.channel, c.chat_id, l.shown, l.reply
     from effects e
     join conversations c on c.id = e.conversation
     left join lines l on l.id = e.line_id
     where e.state = 'due' and e.due_at <= ?1 and not ${standsBehind('?1')}
     order by e.effect_id limit ?2`,
  );
  const nextDue = database.prepare(
    `select min(due_at) as at from (
       select due_at from effects e where e.state = 'due' and not ${standsBehind('e.due_at')}
       union all select min(due_at) from timers)`,
  );
  const markAttempted = database.prepare('update effects set attempted_at = ? where effect_id = ?');
  const dueTimers = database.prepare(
    `select t.timer_id, t.conversation_id, t.name, t.due_at, c.channel, c.chat_id
     from timers t join conversations c on c.conversation_id = t.conversation_id
     where t.due_at <= ? order by t.due_at, t.timer_id limit ?`,
  );
  const ownerEpoch = database.prepare(
    'select owner_epoch from conversations where conversation_id = ?',
  );
  const setAsideEvents = database.prepare(
    'select event_id, type, at, why from set_aside order by id desc limit ?',
  );

  return {
    async dueEffects(now, limit) {
      return (dueEffects.all(now, limit) as unknown as EffectRecord[]).map(effectOf);
    },
    async nextDue() {
      const { at } = nextDue.get() as { at: number | null };
      return at;
    },
    async markAttempted(effectId, at) {
      markAttempted.run(at, effectId);
    },
    async dueTimers(now, limit) {
      return dueTimers.all(now, limit).map((row) => ({
        timerId: row.timer_id,
        conversationId: row.conversation_id,
        channel: row.channel,
        chatId: row.chat_id,
        timer: row.name,
        dueAt: row.due_at,
      })) as Awaited<ReturnType<Store['dueTimers']>>;
    },
    async ownerEpoch(conversationId) {
      const found = ownerEpoch.get(conversationId) as { owner_epoch: number } | undefined;
      return found?.owner_epoch ?? 0;
    },
    async setAsideEvents(limit) {
      return setAsideEvents.all(limit).map((row) => ({
        eventId: row.event_id,
        type: row.type,
        at: row.at,
        why: row.why,
      })) as Awaited<ReturnType<Store['setAsideEvents']>>;
    },
  };
}
