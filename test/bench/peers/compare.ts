import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresServer } from '../../postgres/server.ts';
import { type Measured, row } from '../turns/drive.ts';
import { expected, MESSAGES } from './dialogue.ts';
import { grammyConversations, grammySession } from './grammy.ts';
import { OUR_MESSAGES, ours, oursUngrouped } from './ours.ts';
import type { Peer } from './peer.ts';
import { FileValues, SqliteValues } from './stores.ts';
import { waterfall } from './waterfall.ts';
import { xstate } from './xstate.ts';

/** Seconds of one measurement, and of what goes before it until all is warm. */
const SECONDS = { warm: 0.5, measured: 2.5 };

interface Contender {
  name: string;
  own: boolean;
  open(folder: string): Promise<Peer>;
}

const onSqlite = (make: (values: SqliteValues) => Peer) => async (folder: string) => {
  const values = new SqliteValues(join(folder, 'values.db'));
  return { ...make(values), close: async () => values.close() };
};

const PEERS: readonly Contender[] = [
  { name: 'grammY session, SQLite', own: false, open: onSqlite(grammySession) },
  { name: 'grammY conversations, SQLite', own: false, open: onSqlite(grammyConversations) },
  { name: 'botbuilder waterfall, SQLite', own: false, open: onSqlite(waterfall) },
  { name: 'xstate, SQLite', own: false, open: onSqlite(xstate) },
  { name: 'grammY session, its files', own: false, open: async (f) => grammySession(f) },
  {
    name: 'grammY conversations, its files',
    own: false,
    open: async (f) => grammyConversations(f),
  },
  {
    name: 'botbuilder waterfall, files',
    own: false,
    open: async (f) => waterfall(new FileValues(f)),
  },
  { name: 'xstate, files', own: false, open: async (f) => xstate(new FileValues(f)) },
];

function ourselves(server: PostgresServer | null): Contender[] {
  const engines: Contender[] = [
    { name: 'ours, SQLite', own: true, open: ours },
    { name: 'ours, SQLite, a transaction a turn', own: true, open: oursUngrouped },
  ];
  if (!server) return engines;
  return [
    ...engines,
    { name: 'ours, PostgreSQL', own: true, open: async () => ours(await server.room()) },
    {
      name: 'ours, PostgreSQL, a commit a turn',
      own: true,
      open: async () => oursUngrouped(await server.room()),
    },
  ];
}

/** Whole conversations for `most` seconds, `inFlight` at a time, each answer looked at. */
async function hold(
  peer: Peer,
  { own }: Contender,
  inFlight: number,
  most: number,
  from: number,
): Promise<Measured> {
  const messages = own ? OUR_MESSAGES : MESSAGES;
  const took: number[] = [];
  let chat = from;
  const begun = performance.now();
  const end = begun + most * 1000;
  const lane = async () => {
    while (performance.now() < end) {
      chat += 1;
      const me = chat;
      for (const [index, text] of messages.entries()) {
        const said = performance.now();
        const answer = await peer.say(me, text);
        took.push(performance.now() - said);
        const right = own ? answer !== '' : answer.startsWith(expected(index));
        if (!right) throw new Error(`"${text}" was answered with "${answer}".`);
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - begun) / 1000;
  const perSecond = took.length / seconds;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor((took.length - 1) * share)] ?? 0;
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}

async function measure(contender: Contender, root: string, inFlight: number): Promise<Measured> {
  const peer = await contender.open(mkdtempSync(join(root, 'peer-')));
  try {
    await hold(peer, contender, inFlight, SECONDS.warm, 0);
    return await hold(peer, contender, inFlight, SECONDS.measured, 1_000_000);
  } finally {
    await peer.close?.();
  }
}

function median(all: readonly Measured[]): Measured {
  const sorted = [...all].sort((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)] ?? { perSecond: 0, p50: 0, p99: 0 };
}

/** The eight-turn dialogue in process, no network: medians of interleaved rounds, and ratios. */
export async function compareDialogues(
  root: string,
  server: PostgresServer | null,
  rounds: number,
): Promise<void> {
  const contenders = [...ourselves(server), ...PEERS];
  for (const inFlight of [1, 16, 128]) {
    console.log(`\nThe eight-turn dialogue, ${inFlight} in flight`);
    const results = new Map<string, Measured[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of contenders) {
        const one = await measure(contender, root, inFlight);
        results.set(contender.name, [...(results.get(contender.name) ?? []), one]);
      }
    }
    const rates = new Map<string, number>();
    for (const { name } of contenders) {
      const result = median(results.get(name) ?? []);
      rates.set(name, result.perSecond);
      console.log(row(name, result));
    }
    printRatios(rates);
  }
}

function printRatios(rates: ReadonlyMap<string, number>): void {
  const of = (name: string) => rates.get(name) ?? Number.NaN;
  const best = (kind: string) =>
    Math.max(...[...rates].filter(([name]) => name.includes(kind)).map(([, rate]) => rate));
  const peers = [...rates].filter(([name]) => !name.startsWith('ours'));
  const ratio = (value: number, what: string) => {
    if (Number.isFinite(value)) console.log(`  ${value.toFixed(2).padStart(8)}x  ${what}`);
  };
  if (peers.length > 0) {
    const rivals = peers.filter(([name]) => name.includes('SQLite')).map(([, rate]) => rate);
    ratio(of('ours, SQLite') / Math.max(...rivals), 'ours over the best peer on the same SQLite');
    ratio(
      of('ours, SQLite') / best('files'),
      'ours over the best peer on files, which sync nothing',
    );
  }
  ratio(
    of('ours, SQLite') / of('ours, SQLite, a transaction a turn'),
    'ours over a transaction a turn, SQLite',
  );
  ratio(
    of('ours, PostgreSQL') / of('ours, PostgreSQL, a commit a turn'),
    'ours over a commit a turn, PostgreSQL',
  );
}
