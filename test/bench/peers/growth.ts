import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { drive, row } from '../turns/drive.ts';
import { openBenchEngine } from '../turns/engine.ts';
import { prepareStored } from '../turns/stored.ts';

/** What a turn costs in a small store and in a large one. */
export async function measureGrowth(root: string, stored: readonly number[]): Promise<void> {
  console.log('\nGrowth, 16 in flight');
  const costs: { cpu: number; p99: number }[] = [];
  for (const count of stored) {
    const folder = await prepareStored(mkdtempSync(join(root, 'growth-')), count);
    const { engine, store } = await openBenchEngine(folder);
    await drive(engine, { count, turns: 4_000, inFlight: 16, seed: 1 });
    const before = process.cpuUsage();
    const turns = 12_000;
    const measured = await drive(engine, { count, turns, inFlight: 16, seed: 2 });
    const { user, system } = process.cpuUsage(before);
    await engine.stop();
    await store.close();
    const cpu = (user + system) / turns;
    costs.push({ cpu, p99: measured.p99 });
    console.log(
      `${row(`${count.toLocaleString('en')} stored`, measured)}   ${cpu.toFixed(0)} µs of CPU a turn`,
    );
  }
  const [few, many] = [costs[0], costs.at(-1)];
  if (!few || !many || few === many) return;
  console.log(`  ${(many.cpu / few.cpu).toFixed(2).padStart(8)}x  the CPU of a turn`);
  console.log(`  ${(many.p99 / few.p99).toFixed(2).padStart(8)}x  p99`);
}
