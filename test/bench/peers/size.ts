import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Assistant } from '../../e2e/assistant.ts';
import { drive } from '../turns/drive.ts';
import { openBenchEngine } from '../turns/engine.ts';
import { prepareStored } from '../turns/stored.ts';

const ACTIVE = 10_000;
const STARTS = 5;

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/** What active conversations keep in memory, and how long the assistant takes to start. */
export async function measureSize(root: string): Promise<void> {
  const folder = await prepareStored(mkdtempSync(join(root, 'size-')), ACTIVE);
  const { engine, store } = await openBenchEngine(folder);
  await drive(engine, { count: 100, turns: 5_000, inFlight: 16, seed: 1 });
  globalThis.gc?.();
  const before = process.memoryUsage();
  await drive(engine, { count: ACTIVE, turns: 3 * ACTIVE, inFlight: 16, seed: 2 });
  globalThis.gc?.();
  const after = process.memoryUsage();
  await engine.stop();
  await store.close();
  console.log(`\nMemory: ${ACTIVE.toLocaleString('en')} conversations held in turn add`);
  console.log(
    `  ${megabytes(after.heapUsed - before.heapUsed)} of heap${globalThis.gc ? '' : ' (with garbage; run node with --expose-gc)'}, ${megabytes(after.rss - before.rss)} resident (now ${megabytes(after.rss)})`,
  );

  const took: number[] = [];
  const assistant = await Assistant.begin();
  for (let start = 0; start < STARTS; start += 1) {
    await assistant.stop();
    const begun = performance.now();
    await assistant.start();
    took.push(performance.now() - begun);
  }
  await assistant.remove();
  took.sort((a, b) => a - b);
  const middle = took[Math.floor(took.length / 2)] ?? 0;
  console.log(
    `\nStart to "the chat is at": ${middle.toFixed(0)} ms (${took.map((ms) => ms.toFixed(0)).join(', ')})`,
  );
}
