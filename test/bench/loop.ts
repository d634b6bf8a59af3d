import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Event } from '../../src/dialogue/event.ts';
import { pictures } from './evidence/maker.ts';
import { openPhotoHouse, type PhotoHouse } from './loop/house.ts';

/** A message of somebody who sends no photo comes so often. */
const TURN_EVERY_MS = 50;
/** Delays are measured by timers this far apart, and told with it. */
const RESOLUTION_MS = 1;

interface Measured {
  loop: { p50: number; p99: number; max: number };
  turns: { count: number; p50: number; p99: number };
}

/** What the serving process feels while `work` goes on and somebody else chats. */
async function measure(house: PhotoHouse, work: () => Promise<unknown>): Promise<Measured> {
  const took: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let going = true;
  const chat = async () => {
    while (going) {
      const from = performance.now();
      await house.accept('chatter', { type: 'text', text: 'trợ giúp' });
      took.push(performance.now() - from);
      await wait(TURN_EVERY_MS);
    }
  };
  delay.enable();
  const chatting = chat();
  await work();
  delay.disable();
  going = false;
  await chatting;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor((took.length - 1) * share)] ?? 0;
  const ms = (nanoseconds: number) => nanoseconds / 1e6;
  return {
    loop: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
    turns: { count: took.length, p50: at(0.5), p99: at(0.99) },
  };
}

function row(name: string, { loop, turns }: Measured): string {
  const [p50, p99, max] = [loop.p50, loop.p99, loop.max].map((ms) => ms.toFixed(1).padStart(6));
  const chat = `${turns.count} turns p50 ${turns.p50.toFixed(1)} p99 ${turns.p99.toFixed(1)} ms`;
  return `${name.padEnd(28)} loop p50 ${p50}  p99 ${p99}  max ${max} ms   ${chat}`;
}

/** Unreadable photos keep the reading process busy longest. */
async function hardPhotos(seed: number, count: number): Promise<Buffer[]> {
  const photos: Buffer[] = [];
  for await (const { sample } of pictures(seed, 0, count * 8)) {
    if (sample.level >= 2) photos.push(sample.bytes);
    if (photos.length === count) break;
  }
  return photos;
}

async function sendAll(house: PhotoHouse, photos: readonly Buffer[]): Promise<string[]> {
  const blobIds: string[] = [];
  for (const [index, photo] of photos.entries()) {
    const blobId = await house.keep(photo);
    blobIds.push(blobId);
    const event: Pick<Extract<Event, { type: 'photos' }>, 'type' | 'blobIds'> = {
      type: 'photos',
      blobIds: [blobId],
    };
    await house.accept(`person-${index % 3}`, event);
  }
  await house.allRead();
  return blobIds;
}

export const brief: readonly string[] = [];

/**
 * Whether the chat stays quick: the event loop's delay and the turns of somebody who chats, at rest,
 * while photos wait and are read, and while they are masked. `--photos 8`, `--seed 2`.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photos: { type: 'string', default: '8' },
      seed: { type: 'string', default: '2' },
    },
  });
  const photos = await hardPhotos(Number(values.seed), Number(values.photos));
  const folder = mkdtempSync(join(tmpdir(), 'bench-loop-'));
  const house = await openPhotoHouse(folder);
  try {
    await house.warmUp(photos[0] ?? Buffer.alloc(0));
    console.log(`Node ${process.version}; delays include the timer's ${RESOLUTION_MS} ms`);
    console.log(row('at rest', await measure(house, () => wait(3000))));
    let blobIds: string[] = [];
    const begun = performance.now();
    const reading = await measure(house, async () => {
      blobIds = await sendAll(house, photos);
    });
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(row(`${photos.length} photos read in ${seconds} s`, reading));
    console.log(row('the same masked', await measure(house, () => house.allMasked(blobIds))));
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
