import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { clock } from '../../../src/evidence/clock.ts';
import { decode } from '../../../src/evidence/decode.ts';
import { BUDGET } from '../../../src/evidence/plan.ts';
import type { Search } from '../../../src/evidence/readers/reader.ts';
import {
  NAMES,
  PATIENCE,
  PIPELINES,
  type PipelineName,
  percent,
  quantile,
  table,
} from './pipelines.ts';

const TruthSchema = z.array(
  z.object({
    file: z.string(),
    kind: z.enum(['qrcode', 'code128', 'datamatrix', 'none']),
    truth: z.union([z.string(), z.array(z.string())]).nullish(),
  }),
);
type Truth = z.infer<typeof TruthSchema>[number];

interface Result {
  kind: Truth['kind'];
  found: boolean;
  ms: number;
}

/** Real barcode photos, turned four ways, every pipeline on each before the next. Reading stops at the true text. */
export async function measureCorpus(folder: string): Promise<void> {
  const truths = TruthSchema.parse(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')));
  const results = new Map<PipelineName, Result[]>(NAMES.map((name) => [name, []]));
  const missed: string[] = [];
  const wrong: string[] = [];
  for (const truth of truths) {
    // Where nothing is to be found every step is taken: one way up is enough.
    for (const turn of truth.truth ? [0, 90, 180, 270] : [0]) {
      const bytes = await sharp(readFileSync(join(folder, truth.file)))
        .rotate(turn)
        .png()
        .toBuffer();
      for (const name of NAMES) {
        const { texts, ms } = await textsBy(name, bytes, truth);
        const found = texts.some((text) => isTrue(truth, text));
        results.get(name)?.push({ kind: truth.kind, found, ms });
        if (name === 'ours' && truth.truth && !found) missed.push(`${truth.file}@${turn}`);
        if (!truth.truth && texts.length > 0) wrong.push(`${name}: ${truth.file}@${turn}`);
      }
    }
  }
  const kinds = ['qrcode', 'code128', 'datamatrix'] as const;
  const rows = NAMES.map((name) => {
    const coded = results.get(name)?.filter(({ kind }) => kind !== 'none') ?? [];
    const rate = (some: readonly Result[]) =>
      percent(some.filter((r) => r.found).length, some.length);
    const times = coded.map(({ ms }) => ms);
    return [
      name,
      ...kinds.map((kind) => rate(coded.filter((r) => r.kind === kind))),
      rate(coded),
      quantile(times, 0.5).toFixed(0),
      quantile(times, 0.95).toFixed(0),
    ];
  });
  console.log(`\n## Real codes (${truths.length} pictures, four ways each)\n`);
  console.log(table(['reader', ...kinds, 'all', 'median ms', 'p95 ms'], rows));
  console.log(`\nRead where nothing is: ${wrong.length === 0 ? 'nothing' : wrong.join(', ')}`);
  console.log(`\nMissed by ours: ${missed.join(', ')}`);
}

async function textsBy(
  name: PipelineName,
  bytes: Uint8Array,
  truth: Truth,
): Promise<{ texts: string[]; ms: number }> {
  const begun = performance.now();
  const picture = await decode(bytes);
  if ('refused' in picture) return { texts: [], ms: 0 };
  const time = clock(name === 'ours' ? BUDGET.soft : PATIENCE);
  const search: Search = { view: picture.view, claim: null, ...time };
  const texts: string[] = [];
  for (const reader of PIPELINES[name]) {
    // A serial in print is no text of a code.
    for await (const { text, by } of reader.find(search)) if (by !== 'ocr') texts.push(text);
    if (time.spent() || texts.some((text) => isTrue(truth, text))) break;
  }
  return { texts, ms: performance.now() - begun };
}

/** Readers differ in line ends. */
function isTrue({ truth }: Truth, text: string): boolean {
  const plain = (one: string) => one.replace(/\r\n?/g, '\n').trimEnd();
  return (
    truth !== undefined &&
    truth !== null &&
    [truth].flat().some((one) => plain(one) === plain(text))
  );
}
