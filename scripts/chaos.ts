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
    /** How often at most; without it, as long as there are conversations. */
    kills: { type: 'string', default: 'Infinity' },
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

const postgres = values.engine === 'postgres';
const processes = postgres ? Number(values.processes) : 1;

/**
 * Every named point at each of the first boundaries of a life, in turn with random moments. Of several processes each lives
 * the longer, so that one of them dies every few seconds.
 */
function* around(): Generator<End> {
  const boundaries = POINTS.flatMap((point) =>
    Array.from({ length: BOUNDARIES }, (_, index) => ({ point, nth: index + 1 })),
  );
  for (let crash = 0; crash < kills; crash += 1) {
    const place = Math.floor(random() * boundaries.length);
    const [boundary] = crash % 2 === 0 ? boundaries.splice(place, 1) : [];
    yield boundary ?? { afterMs: Math.round((1_000 + random() * 5_000) * processes) };
  }
}

/** Every named point around the submission of a case, again and again. */
function* aroundSubmitting(): Generator<End> {
  for (let crash = 0; crash < kills; crash += 1) {
    const point = AROUND_SUBMITTING[crash % AROUND_SUBMITTING.length] ?? 'asked';
    yield { point, nth: 1 + Math.floor(random() * 2) };
  }
}

/** How long PostgreSQL lives, each time. */
function* falls(): Generator<number> {
  for (;;) yield Math.round(4_000 + random() * 8_000);
}

console.log(
  `${values.engine}, ${channel}, seed ${seed}: ${values.conversations} conversations, killed ${kills === Infinity ? 'until they are over' : `${kills} times at most`}`,
);
const begun = performance.now();
const result = await runChaos({
  seed,
  channel,
  elsewhere: values.elsewhere,
  conversations: Number(values.conversations),
  together: Number(values.together),
  ends: values.elsewhere ? aroundSubmitting() : around(),
  engine: postgres ? 'postgres' : 'sqlite',
  processes,
  serverEndsMs: postgres ? falls() : [],
  say: (line) => console.log(line),
});
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
console.log(
  `${result.crashes} crashes, ${result.acknowledged} messages acknowledged, ${seconds} s`,
);
for (const sentence of result.broken.slice(0, 50)) console.log(`BROKEN ${sentence}`);
console.log(result.broken.length === 0 ? 'Nothing lost, nothing twice.' : 'The run failed.');
process.exitCode = result.broken.length === 0 ? 0 : 1;
