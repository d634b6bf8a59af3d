import type { DatabaseSync } from 'node:sqlite';
import type { Event } from '../../dialogue/event.ts';
import type { Decide, Store, TurnOutcome } from '../contract.ts';
import type { Vault } from '../vault.ts';
import { prepareLoading } from './load.ts';
import { prepareSettling } from './settle.ts';
import type { InTransaction } from './transaction.ts';
import { prepareTurnWriting } from './write-turn.ts';

/**
 * The hot path: statements prepared once, everything of a batch in one transaction and without an
 * await, so that nothing comes between reading a conversation and writing it.
 */
export function createCommit(
  database: DatabaseSync,
  inTransaction: InTransaction,
  vault: Vault,
  now: () => number,
): Pick<Store, 'commit'> {
  const settle = prepareSettling(database);
  const { conversationIdOf, load } = prepareLoading(database, vault);
  const writeTurn = prepareTurnWriting(database, vault, now);
  const see = database.prepare(
    'insert into seen (channel, event_id, at) values (?, ?, ?) on conflict do nothing',
  );
  const takeTimer = database.prepare(
    `delete from timers where name = ? and due_at <= ? and conversation_id =
       (select conversation_id from conversations where channel = ? and chat_id = ?)`,
  );
  const touch = database.prepare(
    `insert into meta (name, value) values ('touched', '1')
     on conflict (name) do update set value = 1 - value`,
  );

  /** False for an event that was seen before, and for a timer that was cleared or moved meanwhile. */
  function isNew(event: Event): boolean {
    const { channel, chatId, eventId, at } = event;
    if (see.run(channel, eventId, at).changes === 0) return false;
    if (event.type !== 'timerFired') return true;
    return takeTimer.run(event.timer, at, channel, chatId).changes > 0;
  }

  function runTurn(event: Event, decide: Decide): TurnOutcome {
    const { eventId } = event;
    if (!isNew(event)) {
      const conversationId = conversationIdOf(event) ?? '';
      return { eventId, conversationId, outcome: 'duplicate', owner: null, effects: [] };
    }
    const loaded = load(event);
    const decided = decide(event, loaded);
    const effects = writeTurn(event, loaded, decided);
    const { conversationId } = loaded;
    const { owner } = decided.conversation;
    return { eventId, conversationId, outcome: 'done', owner, effects };
  }

  return {
    async commit(events, decide, settlements) {
      return inTransaction(() => {
        // An empty commit asks whether the disk takes anything: it has to write to find out.
        if (events.length + settlements.length === 0) touch.run();
        if (settlements.length > 0) settle(settlements);
        return events.map((event) => runTurn(event, decide));
      });
    },
  };
}
