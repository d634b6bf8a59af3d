import type { Pool } from 'pg';
import type { Store } from '../contract.ts';
import {
  DEAD_LETTER_LIVES_MS,
  FILE_LINK_LIVES_MS,
  LINK_CODE_COUNTS_MS,
  LOOSE_BLOB_LIVES_MS,
  NOTICE_LIVES_MS,
  SEEN_LIVES_MS,
  SHOWN_MESSAGE_LIVES_MS,
  UPLOAD_LINK_KNOWN_MS,
} from '../lifetimes.ts';
import type { Presence } from './presence.ts';

/** Rows dropped at a time, so that sweeping holds nobody up. */
const PIECE = 2_000;

interface Sweep {
  table: string;
  key: string;
  where: string;
  lives: number;
}

const SWEEPS: Sweep[] = [
  { table: 'seen', key: 'channel, event_id', where: 'at < $1', lives: SEEN_LIVES_MS },
  { table: 'attempts', key: 'channel, event_id', where: 'at < $1', lives: SEEN_LIVES_MS },
  {
    table: 'shown_messages',
    key: 'conversation_id, progress',
    where: 'at < $1',
    lives: SHOWN_MESSAGE_LIVES_MS,
  },
  {
    table: 'upload_links',
    key: 'token_hash',
    where: 'expires_at < $1',
    lives: UPLOAD_LINK_KNOWN_MS,
  },
  { table: 'file_links', key: 'ref', where: 'at < $1', lives: FILE_LINK_LIVES_MS },
  { table: 'link_codes', key: 'mark', where: 'created_at < $1', lives: LINK_CODE_COUNTS_MS },
  { table: 'notices', key: 'id', where: 'at < $1', lives: NOTICE_LIVES_MS },
  { table: 'forum_updates', key: 'id', where: 'done_at < $1', lives: SEEN_LIVES_MS },
  { table: 'sessions', key: 'token_hash', where: 'expires_at <= $1', lives: 0 },
  {
    table: 'blobs',
    key: 'blob_id',
    where: 'conversation_id is null and created_at < $1',
    lives: LOOSE_BLOB_LIVES_MS,
  },
  {
    table: 'effects',
    key: 'effect_id',
    where: `state = 'cancelled' and created_at <= $1`,
    lives: 0,
  },
  {
    table: 'effects',
    key: 'effect_id',
    where: `state in ('dead', 'ambiguous') and created_at < $1`,
    lives: DEAD_LETTER_LIVES_MS,
  },
];

/** Housekeeping, and how an unclean stop of any of the processes is known. */
export function createUpkeep(
  pool: Pool,
  presence: Presence,
): Pick<Store, 'sweep' | 'begin' | 'countAttempt' | 'close'> {
  let closing: Promise<void> | null = null;

  async function close(): Promise<void> {
    await presence.close();
    await pool.end();
  }

  return {
    async sweep(now) {
      for (const { table, key, where, lives } of SWEEPS) {
        // Several processes may tidy up at once: each leaves alone what another is dropping.
        const drop = `delete from ${table} where (${key}) in
          (select ${key} from ${table} where ${where} limit ${PIECE} for update skip locked)`;
        let dropped = PIECE;
        while (dropped === PIECE && !pool.ended) {
          dropped = (await pool.query(drop, [now - lives])).rowCount ?? 0;
        }
      }
    },
    async begin() {
      // The dead leave their row behind; who finds it first is careful, and one is enough.
      const { rowCount } = await pool.query(
        'delete from processes where not process_lives_1(holder)',
      );
      return { unclean: (rowCount ?? 0) > 0 };
    },
    async countAttempt({ channel, eventId, at }) {
      const { rows } = await pool.query(
        `insert into attempts (channel, event_id, at, count) values ($1, $2, $3, 1)
         on conflict (channel, event_id) do update set count = attempts.count + 1 returning count`,
        [channel, eventId, at],
      );
      return Number(rows[0]?.count);
    },
    async close() {
      closing ??= close();
      await closing;
    },
  };
}
