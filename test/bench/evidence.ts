import { parseArgs } from 'node:util';
import { measureCorpus } from './evidence/corpus.ts';
import { measureGenerated } from './evidence/generated.ts';
import { measureProcess } from './evidence/process.ts';
import { readRows, report } from './evidence/report.ts';

export const brief = ['--pictures', '10'];

/**
 * How well and how fast photos are read.
 *
 *     npm run bench -- evidence [CORPUS] [--seed 2] [--from 0] [--pictures 200] [--rows FILE] [--only corpus|set|process] [--kind NAME] [--safety]
 *     npm run bench -- evidence --report FILE [--report FILE]
 *
 * CORPUS is a directory of real barcode photos with a truth.json. The rest needs nothing: pictures are generated.
 * A long set may run in parts, with --rows, which --report puts together; --safety tries wrong claims alone.
 */
export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '2' },
      from: { type: 'string', default: '0' },
      pictures: { type: 'string', default: '200' },
      rows: { type: 'string' },
      only: { type: 'string' },
      kind: { type: 'string' },
      safety: { type: 'boolean', default: false },
      report: { type: 'string', multiple: true },
    },
  });
  // zxing tells "not found" by throwing: traces would cost more than the search.
  Error.stackTraceLimit = 0;
  if (values.report) {
    console.log(report(values.report.flatMap(readRows)));
    return;
  }
  const wants = (part: string) => values.only === undefined || values.only === part;
  const [corpus] = positionals;
  if (corpus !== undefined && wants('corpus')) await measureCorpus(corpus);
  if (wants('set')) {
    const { seed, from, pictures, rows, kind } = values;
    await measureGenerated({
      seed: Number(seed),
      from: Number(from),
      count: Number(pictures),
      safety: values.safety,
      ...(rows === undefined ? {} : { rows }),
      ...(kind === undefined ? {} : { kind }),
    });
  }
  if (wants('process')) await measureProcess(Number(values.seed));
}
