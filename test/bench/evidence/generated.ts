import { appendFileSync, writeFileSync } from 'node:fs';
import { isSure, judge } from '../../../src/domain/verdict.ts';
import type { Sample } from './generate.ts';
import { pictures } from './maker.ts';
import { isOneOff, oneOff, someOneOff } from './near-misses.ts';
import { NAMES, type PipelineName, readBy } from './pipelines.ts';
import { type Row, report } from './report.ts';

/**
 * A generated set: every pipeline on each picture with the true claim, then ours with a claim that is one character
 * off, which runs every step, and again with each such serial that it lists at all.
 */
export async function measureGenerated(options: {
  seed: number;
  from: number;
  count: number;
  rows?: string;
  /** Only kinds whose name holds this. */
  kind?: string;
  /** Only the wrong claims: no comparison. */
  safety: boolean;
}): Promise<void> {
  const { seed, from, count, rows: file } = options;
  const rows: Row[] = [];
  if (file) writeFileSync(file, '');
  for await (const { sample, index } of pictures(seed, from, count, options.kind)) {
    const row = await measure(sample, index, options.safety ? [] : NAMES);
    rows.push(row);
    if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
  }
  console.log(`\n## Generated set (seed ${seed}, pictures ${from} to ${from + count - 1})\n`);
  console.log(report(rows));
}

async function measure(
  sample: Sample,
  index: number,
  names: readonly PipelineName[],
): Promise<Row> {
  const claim = sample.serials[index % Math.max(1, sample.serials.length)] ?? null;
  const by: Row['by'] = {};
  // Another one begins each time: the first pays for cold caches.
  const order = names.map((_, i) => names[(i + index) % names.length] ?? 'ours');
  for (const name of order) by[name] = await ask(name, sample, claim);
  const { id, kind, level } = sample;
  const safety = await safetyOf(sample, claim);
  return {
    id,
    kind,
    level,
    claim,
    shows: claim !== null || sample.sadp !== undefined,
    by,
    ...safety,
  };
}

async function ask(name: PipelineName, sample: Sample, claim: string | null) {
  const { read, ms, cpu } = await readBy(name, sample.bytes, claim);
  const { reading, sadpString } = read;
  if (sample.sadp !== undefined) {
    return { shown: sadpString === sample.sadp, verdict: sadpString ? 'string' : 'none', ms, cpu };
  }
  const verdict = judge(reading, claim ?? '');
  const best = reading.outcome === 'read' ? reading.serials.filter((s) => s.short === claim) : [];
  return {
    shown: verdict.kind === 'shown',
    verdict: verdict.kind === 'unreadable' ? `unreadable: ${verdict.why}` : verdict.kind,
    ms,
    cpu,
    ...(best[0]
      ? { seen: best.map((s) => `${s.by} ${s.confidence.toFixed(2)} ${s.anchored}`) }
      : {}),
  };
}

/** Which wrong claims would be accepted: an empty list is what is wanted. */
async function safetyOf(sample: Sample, claim: string | null) {
  if (sample.sadp !== undefined) return { claims: 0, accepted: [], strict: [] };
  const wrong = claim === null ? 'D00000000' : someOneOff(claim, sample.id);
  const { read } = await readBy('ours', sample.bytes, wrong);
  const serials = read.reading.outcome === 'read' ? read.reading.serials : [];
  const isWrong = (short: string) =>
    !sample.serials.includes(short) &&
    (claim === null || sample.serials.some((one) => isOneOff(one, short)));
  const suspects = new Set(serials.map((one) => one.short).filter(isWrong));
  const accepted: string[] = [];
  for (const short of suspects) {
    const again = await readBy('ours', sample.bytes, short);
    if (judge(again.read.reading, short).kind === 'shown') accepted.push(short);
  }
  // Stricter than any verdict: surely read, whatever contradicts it.
  const strict = serials.filter((one) => isWrong(one.short) && isSure(one)).map((one) => one.short);
  const others = serials.filter((one) => !sample.serials.includes(one.short) && isSure(one));
  return {
    claims: claim === null ? 0 : oneOff(claim).length,
    accepted,
    strict,
    ...(others.length > 0 ? { otherSure: others.map((one) => `${one.short} ${one.by}`) } : {}),
  };
}
