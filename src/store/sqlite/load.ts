import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Selectable } from 'kysely';
import { type Event, linkCodeIn } from '../../dialogue/event.ts';
import type { Loaded } from '../contract.ts';
import { IS_OPEN } from '../open-cases.ts';
import { readConversation } from '../parse-conversation.ts';
import { summaryOf } from '../rows.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

const MOST_CASES = 50;

interface Found {
  id: number;
  conversation_id: string;
  account_id: string;
  verified: number;
  updated_at: number;
  unreachable: string | null;
  applied: number;
  has_cases: number;
  linked: string;
  state: string;
}

/** What a turn is given, and what writing it needs beside. */
export interface LoadedTurn extends Loaded {
  /** Null: the conversation begins with this turn. `state` is what is stored of it. */
  row: { id: number; updatedAt: number; unreachable: string | null; state: string } | null;
}

/** Reads what a turn may know, within the transaction that commits it. */
export function prepareLoading(database: DatabaseSync, vault: Vault) {
  const find = database.prepare(
    `select c.id, c.conversation_id, c.account_id, a.verified, c.updated_at, c.unreachable, c.state,
       exists (select 1 from verifications v join conversations o
         on o.conversation_id = v.conversation_id
         where o.account_id = c.account_id and v.status = 'waiting') as applied,
       exists (select 1 from cases where cases.account_id = c.account_id) as has_cases,
       (select json_group_array(json_object('conversationId', o.conversation_id,
          'channel', o.channel, 'chatId', o.chat_id))
        from conversations o where o.account_id = c.account_id and o.id <> c.id) as linked
     from conversations c join accounts a on a.account_id = c.account_id
     where c.channel = ? and c.chat_id = ?`,
  );
  // Each open case is there even beyond the limit: a decision on one that is not would be dropped.
  const findCases = database.prepare(
    `select * from cases where account_id = ?1
     order by ${IS_OPEN} desc, submitted_at desc, id desc
     limit max(${MOST_CASES}, (select count(*) from cases
       where account_id = ?1 and ${IS_OPEN}))`,
  );
  const findSecret = database.prepare('select sealed from secrets where ref = ?');
  const findLink = database.prepare(
    `select c.conversation_id as conversationId, c.account_id as accountId, c.channel,
       c.chat_id as chatId
     from link_codes l join conversations c on c.conversation_id = l.conversation_id
     where l.mark = ? and l.expires_at > ?`,
  );
  const findId = database.prepare(
    'select conversation_id from conversations where channel = ? and chat_id = ?',
  );

  function casesOf(accountId: string): Loaded['cases'] {
    const rows = findCases.all(accountId) as unknown as Selectable<Schema['cases']>[];
    return rows
      .sort((a, b) => b.submitted_at - a.submitted_at || b.id - a.id)
      .map((row) => summaryOf(row));
  }

  function secretsOf(refs: readonly string[]): Map<string, string> {
    const secrets = new Map<string, string>();
    for (const ref of refs) {
      const sealed = findSecret.get(ref)?.sealed;
      const text = sealed instanceof Uint8Array ? unsealed(ref, sealed) : null;
      if (text !== null) secrets.set(ref, text);
    }
    return secrets;
  }

  /** Null for one that does not open: the person is asked for it again. */
  function unsealed(ref: string, sealed: Uint8Array): string | null {
    try {
      return vault.unseal('secret', ref, sealed).toString('utf8');
    } catch {
      return null;
    }
  }

  function linkOf(event: Event): Loaded['link'] {
    const code = linkCodeIn(event);
    if (code === null) return null;
    const found = findLink.get(vault.markOf('linkCode', code), event.at) as
      | Loaded['link']
      | undefined;
    return found ? { ...found } : null;
  }

  return {
    /** The conversation of a chat, or null when there is none. */
    conversationIdOf(event: Event): string | null {
      return (findId.get(event.channel, event.chatId)?.conversation_id as string) ?? null;
    },

    load(event: Event): LoadedTurn {
      const found = find.get(event.channel, event.chatId) as Found | undefined;
      if (!found) {
        return {
          conversation: null,
          damaged: null,
          conversationId: randomUUID(),
          account: { id: randomUUID(), verified: false, applied: false, linked: [] },
          cases: [],
          secrets: new Map(),
          link: linkOf(event),
          row: null,
        };
      }
      const conversation = readConversation(found.state);
      return {
        ...conversation,
        conversationId: found.conversation_id,
        account: {
          id: found.account_id,
          verified: found.verified === 1,
          applied: found.applied === 1,
          linked: JSON.parse(found.linked),
        },
        cases: found.has_cases ? casesOf(found.account_id) : [],
        secrets: secretsOf(conversation.conversation?.heldSecrets ?? []),
        link: linkOf(event),
        row: {
          id: found.id,
          updatedAt: found.updated_at,
          unreachable: found.unreachable,
          state: found.state,
        },
      };
    },
  };
}
