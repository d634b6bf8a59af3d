import { parseArgs } from 'node:util';
import { AROUND_SUBMITTING, type CrashPoint } from '../test/chaos/crash-points.ts';
import { type End, runChaos } from '../test/chaos/run.ts';
import { seeded } from '../test/pictures/random.ts';

// Holds scripted conversations with an assistant that is killed at random moments and at every
// named point around its commits, and says what broke. With PostgreSQL
// several processes share one, which falls too. The seed is printed and replays.

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '200' },
    together: { type: 'string', default: '4' },
    kills: { type: 'string', default: '50' },
    channel: { type: 'string', default: 'web' },
    /** Sends the cases to a server of their own, and kills around each submission. */
    elsewhere: { type: 'boolean', default: false },
    /** sqlite, or postgres with its `processes`. */
    engine: { type: 'string', default: 'sqlite' },
    processes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const seed = Number(values.seed);
const kills = Number(values.kills);
const random = seeded(seed);

const CHANNELS = ['web', 'telegram', 'telegramWebhook'] as const;
const channel = CHANNELS.find((name) => name === values.channel);
if (!channel) throw new Error(`--channel must be one of ${CHANNELS.join(', ')}.`);

const POINTS: CrashPoint[] = [
  'beforeCommit',
  'afterCommit',
  channel === 'telegram' ? 'afterSend' : 'afterAnswer',
];
const BOUNDARIES = 12;

/** Every named point at each of the first boundaries of a life, and random moments between. */
const boundaries: End[] = POINTS.flatMap((point) =>
  Array.from({ length: BOUNDARIES }, (_, index) => ({ point, nth: index + 1 })),
);
const around: End[] = Array.from({ length: kills }, (_, index) => ({
  point: AROUND_SUBMITTING[index % AROUND_SUBMITTING.length] ?? 'asked',
  nth: 1 + Math.floor(random() * 2),
}));
const moments: End[] = Array.from({ length: kills }, () => ({
  afterMs: Math.round(700 + random() * 2_500),
}));
const shuffled = [...boundaries, ...moments]
  .map((end) => ({ end, place: random() }))
  .sort((a, b) => a.place - b.place)
  .map(({ end }) => end);

const ends = values.elsewhere ? around : shuffled;

const postgres = values.engine === 'postgres';
const serverEndsMs = postgres
  ? Array.from({ length: Math.ceil(kills / 5) }, () => Math.round(3_000 + random() * 6_000))
  : [];
console.log(
  `${values.engine}, ${channel}, seed ${seed}: ${values.conversations} conversations, ${ends.length} crashes planned`,
);
const begun = performance.now();
const result = await runChaos({
  seed,
  channel,
  elsewhere: values.elsewhere,
  conversations: Number(values.conversations),
  together: Number(values.together),
  ends,
  engine: postgres ? 'postgres' : 'sqlite',
  processes: Number(values.processes),
  serverEndsMs,
  say: (line) => console.log(line),
});
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
console.log(
  `${result.crashes} crashes, ${result.acknowledged} messages acknowledged, ${seconds} s`,
);
for (const sentence of result.broken.slice(0, 50)) console.log(`BROKEN ${sentence}`);
console.log(result.broken.length === 0 ? 'Nothing lost, nothing twice.' : 'The run failed.');
process.exitCode = result.broken.length === 0 ? 0 : 1;
