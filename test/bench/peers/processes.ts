import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PostgresServer } from '../../postgres/server.ts';
import type { Measured } from '../turns/drive.ts';

const TOGETHER = 32;
const TURNS = 8_000;

/** Several processes over one PostgreSQL, as many turns in flight in all. */
export async function measureProcesses(server: PostgresServer): Promise<void> {
  console.log(`\nProcesses over one PostgreSQL, ${TOGETHER} in flight in all`);
  for (const count of [1, 2, 4]) {
    const url = await server.room();
    const children = Array.from({ length: count }, (_, index) => {
      const child = fork(join(import.meta.dirname, 'process-child.ts'), [
        url,
        String(index),
        String(TOGETHER / count),
        String(TURNS / count),
      ]);
      return child;
    });
    // Listened for from the beginning: the first may be gone before the last has told its figures.
    const gone = children.map((child) => once(child, 'exit'));
    // All hold a few turns first, and are measured from the same moment.
    await Promise.all(children.map((child) => once(child, 'message')));
    const begun = performance.now();
    const results = await Promise.all(
      children.map(async (child) => {
        child.send('go');
        const [measured] = (await once(child, 'message')) as [Measured];
        return measured;
      }),
    );
    const seconds = (performance.now() - begun) / 1000;
    const p99 = Math.max(...results.map((one) => one.p99));
    console.log(
      `${`${count} processes`.padEnd(34)}${(TURNS / seconds).toFixed(0).padStart(9)}/s   p99 ${p99.toFixed(2).padStart(7)} ms`,
    );
    await Promise.all(gone);
  }
}
