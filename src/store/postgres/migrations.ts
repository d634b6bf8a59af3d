import { API_TOKENS } from './api-tokens.ts';
import { CASE_PICTURES } from './case-pictures.ts';
import { COMMIT_LINKING, LINK_CODES } from './commit-linking.ts';
import { COMMIT_TURNS } from './commit-turns.ts';
import { FORUM } from './forum.ts';
import { INBOX } from './inbox.ts';
import { LEASES } from './leases.ts';
import { NOTICES } from './notices.ts';
import { OPEN_CASE } from './open-case.ts';
import { PERSON_NAMES } from './person-names.ts';
import { PROCESSES } from './processes.ts';
import { SETTLE } from './settle.ts';
import { TABLES } from './tables.ts';
import { VERIFICATIONS } from './verifications.ts';

/**
 * What brings an older database up to date, in order. The position (from 1) is the version that
 * `meta` names. A migration that was released is never changed: add another. Processes of two
 * versions may run side by side for a while, so that a function that changes gets a new name.
 */
export const MIGRATIONS: readonly { name: string; sql: string }[] = [
  { name: 'first tables', sql: TABLES },
  {
    name: 'who lives, and what a commit does',
    sql: [PROCESSES, SETTLE, CASE_PICTURES, COMMIT_TURNS, OPEN_CASE].join('\n'),
  },
  { name: 'what only one process does', sql: LEASES },
  {
    name: 'conversations that share an account',
    sql: [LINK_CODES, COMMIT_LINKING].join('\n'),
  },
  { name: 'notices for agents and operators', sql: NOTICES },
  { name: 'the inbox: notes, what was seen, duty, invitations, ratings', sql: INBOX },
  { name: 'companies that want to be verified', sql: VERIFICATIONS },
  { name: 'tokens of programs that operators run', sql: API_TOKENS },
  { name: 'what platforms call people', sql: PERSON_NAMES },
  { name: "the agents' Telegram group", sql: FORUM },
];
