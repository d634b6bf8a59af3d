import { clock } from '../../../src/evidence/clock.ts';
import type { Read } from '../../../src/evidence/contract.ts';
import { look, READERS } from '../../../src/evidence/look.ts';
import { BUDGET } from '../../../src/evidence/plan.ts';
import type { Reader } from '../../../src/evidence/readers/reader.ts';
import { CPP_MULTI, cppOnce, FIRST_PIPELINE, JS_ALONE } from './study.ts';

/** What is compared, from the least to the most. */
export const PIPELINES = {
  '@zxing/library': JS_ALONE,
  'zxing-cpp once': [cppOnce],
  'zxing-cpp multi': CPP_MULTI,
  'first pipeline': FIRST_PIPELINE,
  ours: READERS,
} satisfies Record<string, readonly Reader[]>;

export type PipelineName = keyof typeof PIPELINES;
export const NAMES = Object.keys(PIPELINES) as PipelineName[];

/** Milliseconds of work that the others get: more than they ever want. */
export const PATIENCE = 8_000;

/** Reads a file by one pipeline. Ours works within its budget. */
export async function readBy(
  name: PipelineName,
  bytes: Uint8Array,
  claim: string | null,
): Promise<{ read: Read; ms: number; cpu: number }> {
  const begun = performance.now();
  const work = process.cpuUsage();
  // What is read shall not depend on what else the machine does: work counts, not the wall.
  const time = clock(name === 'ours' ? BUDGET.soft : PATIENCE);
  const read = await look(bytes, claim, time, PIPELINES[name]);
  const { user, system } = process.cpuUsage(work);
  return { read, ms: performance.now() - begun, cpu: (user + system) / 1000 };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function percent(part: number, of: number): string {
  return of === 0 ? '-' : `${((100 * part) / of).toFixed(1)} %`;
}
