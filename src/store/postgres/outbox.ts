import type { Pool } from 'pg';
import type { Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { type EffectRecord, effectOf } from '../rows.ts';

type Outbox = Pick<
  Store,
  | 'dueEffects'
  | 'nextDue'
  | 'markAttempted'
  | 'holdsEffect'
  | 'dueTimers'
  | 'ownerEpoch'
  | 'setAsideEvents'
>;

/** An effect stands behind another of its lane that is due only after `until`. */
function standsBehind(until: string): string {
  return `exists (select from effects before where before.state = 'due' and before.attempts > 0
    and before.conversation = e.conversation and before.lane = e.lane
    and before.effect_id < e.effect_id and before.due_at > ${until})`;
}

// Ours, and what nobody alive holds. Sends and cases of a conversation that another process is at are left
// to that one: two would not keep the order. Rows that somebody else is taking now are skipped.
const TAKE_DUE = {
  name: 'take due',
  text: `
    with others as materialized (
      select holder from processes where holder <> $3 and process_lives_1(holder)
    ), due as materialized (
      select e.effect_id from effects e
      where e.state = 'due' and e.due_at <= $1 and not ${standsBehind('$1')}
        and (e.holder is null or e.holder = $3 or e.holder not in (select holder from others))
        and not (e.kind in ('send', 'submit') and exists (select from effects x
          where x.conversation = e.conversation and x.state = 'due' and x.kind = e.kind
            and x.effect_id < e.effect_id and x.holder in (select holder from others)))
      order by e.effect_id limit $2
      for update of e skip locked
    ), taken as (
      update effects e set holder = $3 from due
      where e.effect_id = due.effect_id and e.holder is distinct from $3
    )
    select e.*, c.conversation_id, c.channel, c.chat_id, l.shown, l.reply
    from due join effects e using (effect_id)
    join conversations c on c.id = e.conversation
    left join lines l on l.id = e.line_id
    order by e.effect_id`,
};

/** What waits for its time: effects, timers, and events that were set aside. */
export function createOutbox(pool: Pool, holder: string): Outbox {
  return {
    async dueEffects(now, limit) {
      const { rows } = await pool.query<EffectRecord>({
        ...TAKE_DUE,
        values: [now, limit, holder],
      });
      return rows.map(effectOf);
    },
    async nextDue() {
      const { rows } = await pool.query<{ at: number | null }>(
        `select min(due_at) as at from (
           select due_at from effects e where e.state = 'due' and not ${standsBehind('e.due_at')}
           union all select min(due_at) from timers) as waiting`,
      );
      return rows[0]?.at ?? null;
    },
    async markAttempted(effectId, at) {
      const { rowCount } = await pool.query(
        `update effects set attempted_at = $2
         where effect_id = $1 and state = 'due' and coalesce(holder, $3) = $3`,
        [effectId, at, holder],
      );
      if (rowCount === 0) {
        throw new StoreError('conflict', 'Another process has taken this effect meanwhile.');
      }
    },
    async holdsEffect(effectId) {
      const { rowCount } = await pool.query(
        `select from effects where effect_id = $1 and state = 'due' and coalesce(holder, $2) = $2`,
        [effectId, holder],
      );
      return rowCount === 1;
    },
    async dueTimers(now, limit) {
      const { rows } = await pool.query(
        `select t.timer_id, t.conversation_id, t.name, t.due_at, c.channel, c.chat_id
         from timers t join conversations c on c.conversation_id = t.conversation_id
         where t.due_at <= $1 order by t.due_at, t.timer_id limit $2`,
        [now, limit],
      );
      return rows.map((row) => ({
        timerId: row.timer_id,
        conversationId: row.conversation_id,
        channel: row.channel,
        chatId: row.chat_id,
        timer: row.name,
        dueAt: row.due_at,
      }));
    },
    async ownerEpoch(conversationId) {
      const { rows } = await pool.query({
        name: 'owner epoch',
        text: 'select owner_epoch from conversations where conversation_id = $1',
        values: [conversationId],
      });
      return rows[0]?.owner_epoch ?? 0;
    },
    async setAsideEvents(limit) {
      const { rows } = await pool.query(
        'select event_id, type, at, why from set_aside order by id desc limit $1',
        [limit],
      );
      return rows.map((row) => ({
        eventId: row.event_id,
        type: row.type,
        at: row.at,
        why: row.why,
      }));
    },
  };
}
