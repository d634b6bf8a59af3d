import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Engine } from '../../src/engine/engine.ts';
import { printBudget } from './turns/budget.ts';
import { drive, row } from './turns/drive.ts';
import { openBenchEngine } from './turns/engine.ts';
import { record, replay } from './turns/recorded-sql.ts';
import { fsyncCosts, rerunWithSlowFsync } from './turns/slow-fsync.ts';
import { prepareStored } from './turns/stored.ts';

const IN_FLIGHT = [1, 16, 128];

async function withEngine<T>(folder: string, body: (engine: Engine) => Promise<T>): Promise<T> {
  const { engine, store } = await openBenchEngine(folder);
  try {
    return await body(engine);
  } finally {
    await engine.stop();
    await store.close();
  }
}

/** The same SQL alone, in the groups it was committed in, and a transaction a turn. */
async function bare(root: string, folder: string, inFlight: number, count: number) {
  const copies = ['recorded', 'grouped', 'single'].map((name) => join(root, `${name}-${inFlight}`));
  for (const copy of copies) cpSync(folder, copy, { recursive: true });
  const [recorded = '', grouped = '', single = ''] = copies;
  const turns = Math.min(4000, 200 * inFlight);
  const recording = await withEngine(recorded, (engine) =>
    record(async () => {
      await drive(engine, { count, turns, inFlight, seed: 3 });
    }),
  );
  const few = { turns: recording.turns.slice(0, 600), groups: [] };
  const result = {
    grouped: replay(join(grouped, 'unbinding.db'), recording),
    single: replay(join(single, 'unbinding.db'), few, 1),
  };
  for (const copy of copies) rmSync(copy, { recursive: true });
  return result;
}

async function measure(stored: readonly number[], turns: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bench-'));
  const high = new Map<number, number>();
  try {
    for (const count of stored) {
      const folder = await prepareStored(root, count);
      console.log(`\n${count.toLocaleString('en')} stored conversations`);
      for (const inFlight of IN_FLIGHT) {
        const length = Math.min(turns, 400 * inFlight);
        const ours = await withEngine(folder, async (engine) => {
          await drive(engine, { count, turns: Math.ceil(length / 4), inFlight, seed: 1 });
          return drive(engine, { count, turns: length, inFlight, seed: 2 });
        });
        const floor = await bare(root, folder, inFlight, count);
        console.log(row(`ours, ${inFlight} in flight`, ours));
        const parts = [
          `same SQL, same groups ${floor.grouped.toFixed(0)}/s: ours is ${(ours.perSecond / floor.grouped).toFixed(2)} of it`,
          `same SQL, a transaction a turn ${floor.single.toFixed(0)}/s: ours is ${(ours.perSecond / floor.single).toFixed(1)}x`,
        ];
        for (const part of parts) console.log(`    ${part}`);
        if (inFlight === 16) high.set(count, ours.p99);
      }
    }
    const [few, many] = [high.get(stored[0] ?? 0), high.get(stored.at(-1) ?? 0)];
    if (few && many)
      console.log(`\np99 at 16 in flight, most over fewest stored: ${(many / few).toFixed(2)}`);
    await printBudget();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export const brief = ['--stored', '1000', '--turns', '8000', '--fsync-ms=1'];

/**
 * Durable turns a second of the whole engine, beside the bare cost of the same SQL.
 * `--stored 1000,100000`, `--turns 20000`; `--fsync-ms=1` gives every fsync a fixed price.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      stored: { type: 'string', default: '1000,100000' },
      turns: { type: 'string', default: '30000' },
      'fsync-ms': { type: 'string' },
    },
  });
  if (rerunWithSlowFsync('turns', Number(values['fsync-ms'] ?? 0), args)) return;
  console.log(`Node ${process.version}; fsync: ${fsyncCosts()}`);
  await measure(values.stored.split(',').map(Number), Number(values.turns));
}
