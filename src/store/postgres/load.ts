import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Pool } from 'pg';
import { type Event, linkCodeIn } from '../../dialogue/event.ts';
import type { Loaded } from '../contract.ts';
import { IS_OPEN } from '../open-cases.ts';
import { readConversation } from '../parse-conversation.ts';
import { summaryOf } from '../rows.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

const MOST_CASES = 50;

/** What a turn is given, and what writing it needs beside. */
export interface LoadedTurn extends Loaded {
  event: Event;
  /** This event was taken before, or its timer was cleared or moved meanwhile. */
  duplicate: boolean;
  /** Null: the conversation begins with this turn. */
  row: { id: number; version: number; unreachable: string | null; state: string } | null;
}

interface Found {
  place: number;
  seen: boolean;
  rings: boolean;
  applied: boolean;
  has_cases: boolean;
  linked: Loaded['account']['linked'];
  id: number | null;
  conversation_id: string;
  account_id: string;
  verified: number;
  version: number;
  unreachable: string | null;
  state: string;
}

// Where the conversation has not moved on by the time of the commit, its timers have not either.
const FIND = {
  name: 'find',
  text: `
    select x.place, c.id, c.conversation_id, c.account_id, a.verified, c.version, c.unreachable,
      c.state,
      exists (select from seen s where s.channel = x.channel and s.event_id = x.event_id) as seen,
      x.timer is null or exists (select from timers t where t.conversation_id = c.conversation_id
        and t.name = x.timer and t.due_at <= x.at) as rings,
      exists (select from verifications v join conversations o
        on o.conversation_id = v.conversation_id
        where o.account_id = c.account_id and v.status = 'waiting') as applied,
      exists (select from cases k where k.account_id = c.account_id) as has_cases,
      coalesce((select json_agg(json_build_object('conversationId', o.conversation_id,
          'channel', o.channel, 'chatId', o.chat_id))
        from conversations o where o.account_id = c.account_id and o.id <> c.id), '[]') as linked
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) with ordinality
      as x(channel, chat_id, event_id, timer, at, place)
    left join conversations c on c.channel = x.channel and c.chat_id = x.chat_id
    left join accounts a on a.account_id = c.account_id
    order by x.place`,
};

// Each open case is there even beyond the limit: a decision on one that is not would be dropped.
const FIND_CASES = {
  name: 'cases',
  text: `
    select k.* from unnest($1::text[]) as x(account_id), lateral (
      select * from cases where cases.account_id = x.account_id
      order by ${IS_OPEN} desc, submitted_at desc, id desc
      limit greatest(${MOST_CASES}, (select count(*) from cases
        where cases.account_id = x.account_id and ${IS_OPEN}))) k
    order by k.submitted_at desc, k.id desc`,
};

const FIND_SECRETS = {
  name: 'secrets',
  text: 'select ref, sealed from secrets where ref = any ($1)',
};

const FIND_LINKS = {
  name: 'links',
  text: `
    select l.mark, l.expires_at, c.conversation_id, c.account_id, c.channel, c.chat_id
    from link_codes l join conversations c on c.conversation_id = l.conversation_id
    where l.mark = any ($1)`,
};

/**
 * Reads what the turns of these events may know, no two of one conversation, in one statement (and
 * one each for cases held secrets and link codes where there are any). Nothing is locked: the commit finds out
 * whether a conversation moved on meanwhile.
 */
export async function load(
  pool: Pool,
  vault: Vault,
  events: readonly Event[],
): Promise<LoadedTurn[]> {
  const { rows } = await pool.query<Found>({
    ...FIND,
    values: [
      events.map(({ channel }) => channel),
      events.map(({ chatId }) => chatId),
      events.map(({ eventId }) => eventId),
      events.map((event) => (event.type === 'timerFired' ? event.timer : null)),
      events.map(({ at }) => at),
    ],
  });
  const conversations = rows.map(({ id, state }) => (id === null ? null : readConversation(state)));
  const refs = conversations.flatMap((one) => one?.conversation?.heldSecrets ?? []);
  const secrets = await secretsOf(pool, vault, refs);
  const accounts = rows.flatMap((row) => (row.has_cases ? [row.account_id] : []));
  const cases = await casesOf(pool, accounts);
  const links = await linksOf(pool, vault, events);
  return events.map((event, index) => {
    const row = rows[index];
    const read = conversations[index];
    const link = links.get(event) ?? null;
    if (!row || !read) return newcomer(event, row, link);
    const held = read.conversation?.heldSecrets ?? [];
    return {
      event,
      duplicate: row.seen || !row.rings,
      ...read,
      conversationId: row.conversation_id,
      link,
      account: {
        id: row.account_id,
        verified: row.verified === 1,
        applied: row.applied,
        linked: row.linked,
      },
      cases: cases.filter((one) => one.account_id === row.account_id).map((one) => summaryOf(one)),
      secrets: new Map(
        held.flatMap((ref) => (secrets.has(ref) ? [[ref, secrets.get(ref) ?? '']] : [])),
      ),
      row: {
        id: Number(row.id),
        version: row.version,
        unreachable: row.unreachable,
        state: row.state,
      },
    };
  });
}

function newcomer(event: Event, row: Found | undefined, link: Loaded['link']): LoadedTurn {
  return {
    event,
    duplicate: row?.seen === true || event.type === 'timerFired',
    conversation: null,
    damaged: null,
    conversationId: randomUUID(),
    account: { id: randomUUID(), verified: false, applied: false, linked: [] },
    link,
    cases: [],
    secrets: new Map(),
    row: null,
  };
}

async function casesOf(pool: Pool, accounts: string[]): Promise<Selectable<Schema['cases']>[]> {
  if (accounts.length === 0) return [];
  return (await pool.query({ ...FIND_CASES, values: [accounts] })).rows;
}

/** What the link codes of these events stand for. */
async function linksOf(
  pool: Pool,
  vault: Vault,
  events: readonly Event[],
): Promise<Map<Event, Loaded['link']>> {
  const marks = new Map<Event, string>();
  for (const event of events) {
    const code = linkCodeIn(event);
    if (code !== null) marks.set(event, vault.markOf('linkCode', code));
  }
  if (marks.size === 0) return new Map();
  const { rows } = await pool.query({ ...FIND_LINKS, values: [[...marks.values()]] });
  return new Map(
    [...marks].map(([event, mark]) => {
      const row = rows.find((one) => one.mark === mark && one.expires_at > event.at);
      const { conversation_id: conversationId, account_id: accountId, channel } = row ?? {};
      return [event, row ? { conversationId, accountId, channel, chatId: row.chat_id } : null];
    }),
  );
}

/** One that does not open is left out: the person is asked for it again. */
async function secretsOf(
  pool: Pool,
  vault: Vault,
  refs: readonly string[],
): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  if (refs.length === 0) return secrets;
  const { rows } = await pool.query({ ...FIND_SECRETS, values: [refs] });
  for (const { ref, sealed } of rows) {
    try {
      secrets.set(ref, vault.unseal('secret', ref, sealed).toString('utf8'));
    } catch {}
  }
  return secrets;
}
