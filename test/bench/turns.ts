import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Event } from '../../src/dialogue/event.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { seeded } from '../pictures/random.ts';
import { printBudget } from './turns/budget.ts';
import { openBenchEngine } from './turns/engine.ts';
import { record, replay } from './turns/recorded-sql.ts';
import { buildSlowFsync } from './turns/slow-fsync.ts';
import { multiply } from './turns/stored.ts';

/** Eight messages that lead in a circle, so that a conversation can be held for ever. */
const SCRIPT = [
  'mạng khác',
  'D12345678',
  'trợ giúp',
  'quay lại',
  'D12345678',
  'trạng thái',
  'sửa mạng',
  'English',
];

const IN_FLIGHT = [1, 16, 128];

interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Holds `turns` turns, `inFlight` at a time, each with another of `count` stored conversations. */
async function drive(
  engine: Engine,
  options: { count: number; turns: number; inFlight: number; seed: number },
): Promise<Measured> {
  const { count, turns, inFlight, seed } = options;
  const random = seeded(seed);
  const places = new Map<number, number>();
  const busy = new Set<number>();
  const took: number[] = [];
  let begun = 0;
  const pick = (): number => {
    for (;;) {
      const chat = 1 + Math.floor(random() * count);
      if (!busy.has(chat)) return chat;
    }
  };
  const lane = async () => {
    while (begun < turns) {
      begun += 1;
      const chat = pick();
      busy.add(chat);
      const place = places.get(chat) ?? 0;
      places.set(chat, place + 1);
      const event: Event = {
        eventId: `${seed}-${begun}`,
        at: Date.now(),
        channel: 'web',
        chatId: `stored-${chat}`,
        type: 'text',
        text: SCRIPT[place % SCRIPT.length] ?? '',
      };
      const from = performance.now();
      await engine.accept(event);
      took.push(performance.now() - from);
      busy.delete(chat);
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - from) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor((took.length - 1) * share)] ?? 0;
  return { perSecond: turns / seconds, p50: at(0.5), p99: at(0.99) };
}

/** A folder with a store of so many conversations, each with a greeting and a chosen network. */
async function prepare(root: string, count: number): Promise<string> {
  const folder = mkdtempSync(join(root, `stored-${count}-`));
  const { engine, store } = await openBenchEngine(folder);
  const base = { at: Date.now(), channel: 'web', chatId: 'first' } as const;
  await engine.accept({ ...base, eventId: 'e1', type: 'opened', language: 'vi' });
  await engine.accept({ ...base, eventId: 'e2', type: 'text', text: 'mạng khác' });
  await engine.accept({ ...base, eventId: 'e3', type: 'text', text: 'D12345678' });
  await engine.stop();
  await store.close();
  multiply(join(folder, 'unbinding.db'), count);
  return folder;
}

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

function row(name: string, { perSecond, p50, p99 }: Measured): string {
  const [rate, median, high] = [perSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2)];
  return `${name.padEnd(34)}${rate.padStart(9)}/s   p50 ${median.padStart(7)} ms   p99 ${high.padStart(7)} ms`;
}

async function measure(stored: readonly number[], turns: number): Promise<void> {
  const memory = existsSync('/dev/shm') && process.env.LD_PRELOAD ? '/dev/shm' : tmpdir();
  const root = mkdtempSync(join(memory, 'bench-'));
  const high = new Map<number, number>();
  try {
    for (const count of stored) {
      const folder = await prepare(root, count);
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

/** The same again under the shim, in a process of its own. */
function rerunWith(library: string, milliseconds: number, args: readonly string[]): void {
  const script = resolve(import.meta.dirname, '../../scripts/bench.ts');
  const rest = args.filter((arg) => !arg.startsWith('--fsync-ms'));
  const env = { ...process.env, LD_PRELOAD: library, FSYNC_US: String(milliseconds * 1000) };
  spawnSync(process.execPath, [script, 'turns', ...rest], { env, stdio: 'inherit' });
}

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
  const price = Number(values['fsync-ms'] ?? 0);
  const library = price > 0 ? buildSlowFsync() : null;
  if (price > 0 && !library)
    console.log('No C compiler for the shim here: fsync costs what it costs.');
  if (library) return rerunWith(library, price, args);
  console.log(
    `Node ${process.version}; fsync: ${process.env.LD_PRELOAD ? `${Number(process.env.FSYNC_US) / 1000} ms each` : 'as the disk'}`,
  );
  await measure(values.stored.split(',').map(Number), Number(values.turns));
}
