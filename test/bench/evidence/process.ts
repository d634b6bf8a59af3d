import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { createPhotoReader } from '../../../src/evidence/process.ts';
import { pictures } from './maker.ts';

const PICTURES = 8;
const MORE = 40;

/** The reading process: its memory, and what the serving process feels of it while eight photos wait and are read. */
export async function measureProcess(seed: number): Promise<void> {
  const photos: Buffer[] = [];
  for await (const { sample } of pictures(seed, 0, 40)) {
    // Unreadable ones keep the process busy longest.
    if (sample.level >= 2) photos.push(sample.bytes);
    if (photos.length === PICTURES) break;
  }
  const reader = createPhotoReader({ log: pino({ level: 'silent' }) });
  await reader.read(photos[0] ?? Buffer.alloc(0), null);
  const first = reader.pid();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  await Promise.all(photos.map((bytes, i) => reader.read(bytes, 'D00000000', `person ${i % 3}`)));
  const took = performance.now() - begun;
  delay.disable();
  console.log('\n## Reading process\n');
  console.log(`${PICTURES} photos in ${(took / 1000).toFixed(1)} s, wrong claim, all steps`);
  const ms = (ns: number) => (ns / 1e6).toFixed(1);
  console.log(
    `event loop of the serving process: p50 ${ms(delay.percentile(50))} ms, p99 ${ms(delay.percentile(99))} ms, max ${ms(delay.max)} ms (timer resolution 1 ms included)`,
  );
  for await (const { sample } of pictures(seed, 100, MORE)) {
    await reader.read(sample.bytes, 'D00000000');
  }
  const pid = reader.pid();
  console.log(`the process was ${pid === first ? 'never' : 'once or more'} replaced`);
  const status = pid === null ? '' : readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) / 1024;
  console.log(
    `peak resident memory of the reading process after ${PICTURES + MORE + 1} photos: ${field('VmHWM').toFixed(0)} MiB; writable memory now ${field('VmData').toFixed(0)} MiB`,
  );
  await reader.close();
}
