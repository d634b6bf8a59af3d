import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whyNoPostgres } from '../postgres/binaries.ts';
import { PostgresServer } from '../postgres/server.ts';
import { compareDialogues } from './peers/compare.ts';
import { measureGrowth } from './peers/growth.ts';
import { measureHttp } from './peers/http.ts';
import { measureProcesses } from './peers/processes.ts';
import { measureSize } from './peers/size.ts';
import { fsyncCosts, rerunWithSlowFsync } from './turns/slow-fsync.ts';

const PARTS = ['dialogue', 'http', 'growth', 'processes', 'size'] as const;

export const brief = ['--rounds', '1', '--stored', '1000,20000', '--fsync-ms=1'];

/**
 * The assistant beside other frameworks and beside itself at other sizes, as ratios of one run.
 * `--only dialogue,http,growth,processes,size`, `--rounds 3`, `--stored 1000,1000000`; `--fsync-ms=1` gives every
 * fsync a fixed price.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: PARTS.join(',') },
      rounds: { type: 'string', default: '3' },
      stored: { type: 'string', default: '1000,1000000' },
      'fsync-ms': { type: 'string' },
    },
  });
  if (rerunWithSlowFsync('peers', Number(values['fsync-ms'] ?? 0), args)) return;
  console.log(`Node ${process.version}; fsync: ${fsyncCosts()}`);
  const wanted = new Set(values.only.split(','));
  const root = mkdtempSync(join(tmpdir(), 'bench-'));
  const why = whyNoPostgres();
  if (why !== null) console.log(`Without PostgreSQL: ${why}`);
  const server = why === null ? await PostgresServer.begin({ fsync: 'on' }) : null;
  try {
    if (wanted.has('dialogue')) await compareDialogues(root, server, Number(values.rounds));
    if (wanted.has('http')) await measureHttp(server);
    if (wanted.has('growth')) await measureGrowth(root, values.stored.split(',').map(Number));
    if (wanted.has('processes') && server) await measureProcesses(server);
    if (wanted.has('size')) await measureSize(root);
  } finally {
    await server?.remove();
    rmSync(root, { recursive: true, force: true });
  }
}
