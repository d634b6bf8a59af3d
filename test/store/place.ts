import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Place } from './contract/test-bed.ts';
import { CLOCK } from './turns.ts';

export const KEY = Buffer.alloc(32, 7);

/** A folder of its own for a SQLite store, whose clock stands at CLOCK. */
export async function makeSqlitePlace(): Promise<Place & { folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'unbinding-store-'));
  const path = join(folder, 'unbinding.db');
  return {
    folder,
    path,
    open: () => openSqliteStore({ path, key: KEY, now: () => CLOCK }),
    remove: () => rm(folder, { recursive: true }),
  };
}
