import type { Pool } from 'pg';
import { z } from 'zod';
import type { Event } from '../../dialogue/event.ts';
import type { Decide, Decided, DueEffect, Settlement, Store, TurnOutcome } from '../contract.ts';
import { isAccountChange } from '../effect-kinds.ts';
import type { Vault } from '../vault.ts';
import { Batch } from './batch.ts';
import { isCollision } from './errors.ts';
import { type LoadedTurn, load } from './load.ts';
import { storable } from './storable.ts';

/** Times that a batch runs again when others were at the same rows. */
const MOST_TRIES = 5;

const COMMIT = {
  name: 'commit',
  text: 'select commit_turns_1($1, $2, $3, $4, $5, $6, $7, $8) as written',
};
const COMMIT_LINKING = {
  name: 'commit linking',
  text: 'select commit_linking_1($1, $2, $3, $4, $5, $6, $7, $8, $9) as written',
};

const WrittenSchema = z.object({
  lost: z.array(z.number()),
  duplicate: z.array(z.number()),
  effects: z.array(z.tuple([z.number(), z.number(), z.number(), z.number().nullable()])),
});

interface Pending {
  event: Event;
  /** Its place among the events of the commit. */
  place: number;
}

interface Turn extends Pending {
  loaded: LoadedTurn;
  decided: Decided;
}

/** What one round did: outcomes by place, and who has to be decided again. */
interface Round {
  outcomes: Map<number, TurnOutcome>;
  lost: Pending[];
  /** Whether the settlements that it was given are written. */
  settled: boolean;
}

/**
 * The hot path: one statement reads what the turns need, JavaScript decides, one statement writes.
 * A conversation has one turn in a round; its further events, and turns that were decided on a
 * conversation that another process changed meanwhile, are in the next. A turn that changes accounts
 * reaches into other conversations, so that it commits alone.
 */
export function createCommit(
  pool: Pool,
  vault: Vault,
  holder: string,
  now: () => number,
): Pick<Store, 'commit'> {
  async function write(batch: Batch, settlements: readonly Settlement[]) {
    const { account } = batch;
    const values = [...batch.toParameters(settlements), holder];
    const { rows } = await pool.query(
      account === null
        ? { ...COMMIT, values }
        : { ...COMMIT_LINKING, values: [...values, account] },
    );
    return WrittenSchema.parse(rows[0]?.written);
  }

  /** Writes turns together, notes how each ended, and answers those that have to be decided again. */
  async function writeTurns(
    turns: readonly Turn[],
    settlements: readonly Settlement[],
    outcomes: Round['outcomes'],
  ): Promise<Pending[]> {
    const batch = new Batch(vault, now());
    for (const { loaded, decided } of turns) batch.add(loaded, decided);
    const written = await write(batch, settlements);
    const lost: Pending[] = [];
    for (const [turn, { event, place, loaded, decided }] of turns.entries()) {
      if (written.lost.includes(turn)) lost.push({ event, place });
      if (written.lost.includes(turn) || written.duplicate.includes(turn)) continue;
      const effects = written.effects.flatMap(([of, n, effectId, lineId]) => {
        const due = of === turn ? batch.due(turn, n, effectId, lineId) : null;
        return due ? [due] : [];
      });
      outcomes.set(place, {
        ...outcomeOf(loaded, 'done', effects),
        owner: decided.conversation.owner,
      });
    }
    return lost;
  }

  /** What was committed beside it stands, so that only this turn runs again after a collision. */
  async function writeAlone(turn: Turn, outcomes: Round['outcomes']): Promise<Pending[]> {
    try {
      return await writeTurns([turn], [], outcomes);
    } catch (error) {
      if (!isCollision(error)) throw error;
      return [{ event: turn.event, place: turn.place }];
    }
  }

  async function round(
    pending: readonly Pending[],
    decide: Decide,
    settlements: readonly Settlement[],
  ): Promise<Round> {
    const loading = await loadTurns(pool, vault, pending);
    const outcomes = new Map(
      loading.map(({ place, loaded }) => [place, outcomeOf(loaded, 'duplicate', [])]),
    );
    const turns = loading
      .filter(({ loaded }) => !loaded.duplicate)
      .map((one): Turn => ({ ...one, decided: decide(one.event, one.loaded) }));
    const linking = turns.filter(({ decided }) => decided.effects.some(isAccountChange));
    const others = turns.filter((turn) => !linking.includes(turn));
    const lost: Pending[] = [];
    if (others.length + settlements.length > 0) {
      lost.push(...(await writeTurns(others, settlements, outcomes)));
    }
    const settled = lost.length === 0;
    for (const turn of linking) lost.push(...(await writeAlone(turn, outcomes)));
    return { outcomes, lost, settled };
  }

  /** A batch that collided wrote nothing, and runs again as a whole. */
  async function persistent(...args: Parameters<typeof round>): Promise<Round> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await round(...args);
      } catch (error) {
        if (tries === MOST_TRIES || !isCollision(error)) throw error;
      }
    }
  }

  return {
    async commit(events, decide, settlements) {
      if (events.length + settlements.length === 0) await touch(pool);
      const outcomes = new Map<number, TurnOutcome>();
      let pending: Pending[] = events.map((event, place) => ({ event: storableIds(event), place }));
      let settling = settlements;
      while (pending.length + settling.length > 0) {
        const { first, rest } = firstOfEach(pending);
        // A settlement may belong to any of the events, so that it goes with the last of them.
        const riding = rest.length === 0 ? settling : [];
        const done = await persistent(first, decide, riding);
        for (const [place, outcome] of done.outcomes) outcomes.set(place, outcome);
        if (rest.length === 0 && done.settled) settling = [];
        pending = [...done.lost, ...rest];
      }
      return events.map((event, place) => {
        const none = {
          conversationId: '',
          outcome: 'duplicate' as const,
          owner: null,
          effects: [],
        };
        return outcomes.get(place) ?? { eventId: event.eventId, ...none };
      });
    },
  };
}

async function loadTurns(
  pool: Pool,
  vault: Vault,
  pending: readonly Pending[],
): Promise<(Pending & { loaded: LoadedTurn })[]> {
  if (pending.length === 0) return [];
  const loaded = await load(
    pool,
    vault,
    pending.map(({ event }) => event),
  );
  return loaded.flatMap((one, index) => {
    const it = pending[index];
    return it ? [{ ...it, loaded: one }] : [];
  });
}

function outcomeOf(
  { event, conversationId, row }: LoadedTurn,
  outcome: TurnOutcome['outcome'],
  effects: DueEffect[],
): TurnOutcome {
  // A duplicate began no conversation: its id was only proposed.
  const id = outcome === 'done' || row ? conversationId : '';
  return { eventId: event.eventId, conversationId: id, outcome, owner: null, effects };
}

function storableIds(event: Event): Event {
  const [eventId, chatId] = [storable(event.eventId), storable(event.chatId)];
  return eventId === event.eventId && chatId === event.chatId
    ? event
    : { ...event, eventId, chatId };
}

/** Of each conversation its first event, and the others in their order. */
function firstOfEach(pending: readonly Pending[]): { first: Pending[]; rest: Pending[] } {
  const chats = new Set<string>();
  const first: Pending[] = [];
  const rest: Pending[] = [];
  for (const one of pending) {
    const chat = JSON.stringify([one.event.channel, one.event.chatId]);
    if (chats.has(chat)) rest.push(one);
    else {
      chats.add(chat);
      first.push(one);
    }
  }
  return { first, rest };
}

/** An empty commit asks whether the disk takes anything: it has to write to find out. */
async function touch(pool: Pool): Promise<void> {
  await pool.query(
    `insert into meta (name, value) values ('touched', '1')
     on conflict (name) do update set value = case meta.value when '1' then '0' else '1' end`,
  );
}
