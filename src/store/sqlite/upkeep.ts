import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
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

/** Rows dropped at a time, so that sweeping holds nobody up. */
const PIECE = 2_000;

/** Housekeeping, and the mark by which an unclean stop is known. */
export function createUpkeep(
  database: DatabaseSync,
  release: () => void,
): Pick<Store, 'sweep' | 'begin' | 'countAttempt' | 'close'> {
  const dropped = (table: string, key: string, where: string) =>
    database.prepare(
      `delete from ${table} where (${key}) in (select ${key} from ${table} where ${where} limit ${PIECE})`,
    );
  const sweeps = [
    { lives: SEEN_LIVES_MS, drop: dropped('seen', 'channel, event_id', 'at < ?') },
    { lives: SEEN_LIVES_MS, drop: dropped('attempts', 'channel, event_id', 'at < ?') },
    {
      lives: SHOWN_MESSAGE_LIVES_MS,
      drop: dropped('shown_messages', 'conversation_id, progress', 'at < ?'),
    },
    {
      lives: UPLOAD_LINK_KNOWN_MS,
      drop: dropped('upload_links', 'token_hash', 'expires_at < ?'),
    },
    { lives: FILE_LINK_LIVES_MS, drop: dropped('file_links', 'ref', 'at < ?') },
    { lives: LINK_CODE_COUNTS_MS, drop: dropped('link_codes', 'mark', 'created_at < ?') },
    { lives: NOTICE_LIVES_MS, drop: dropped('notices', 'id', 'at < ?') },
    { lives: SEEN_LIVES_MS, drop: dropped('forum_updates', 'id', 'done_at < ?') },
    { lives: 0, drop: dropped('sessions', 'token_hash', 'expires_at <= ?') },
    {
      lives: LOOSE_BLOB_LIVES_MS,
      drop: dropped('blobs', 'blob_id', 'conversation_id is null and created_at < ?'),
    },
    {
      lives: 0,
      drop: dropped('effects', 'effect_id', `state = 'cancelled' and created_at <= ?`),
    },
    {
      lives: DEAD_LETTER_LIVES_MS,
      drop: dropped('effects', 'effect_id', `state in ('dead', 'ambiguous') and created_at < ?`),
    },
  ];
  const readMark = database.prepare(`select value from meta where name = 'running'`);
  const writeMark = database.prepare(
    `insert into meta (name, value) values ('running', ?)
     on conflict (name) do update set value = excluded.value`,
  );
  const count = database.prepare(
    `insert into attempts (channel, event_id, at, count) values (?, ?, ?, 1)
     on conflict (channel, event_id) do update set count = count + 1 returning count`,
  );
  let begun = false;

  return {
    async sweep(now) {
      for (const { lives, drop } of sweeps) {
        while (database.isOpen && Number(drop.run(now - lives).changes) === PIECE) {
          await setImmediate();
        }
      }
    },
    async begin() {
      const unclean = readMark.get()?.value === '1';
      writeMark.run('1');
      begun = true;
      return { unclean };
    },
    async countAttempt({ channel, eventId, at }) {
      return Number(count.get(channel, eventId, at)?.count);
    },
    async close() {
      if (!database.isOpen) return;
      try {
        if (begun) writeMark.run('0');
      } finally {
        database.close();
        release();
      }
    },
  };
}
