import { readFileSync } from 'node:fs';
import type { Level } from './camera.ts';
import type { Kind } from './generate.ts';
import { NAMES, type PipelineName, percent, quantile, table } from './pipelines.ts';

/** What was measured on one generated picture. */
export interface Row {
  id: string;
  kind: Kind;
  level: Level;
  claim: string | null;
  /** Whether it shows what is asked for. */
  shows: boolean;
  by: Partial<
    Record<
      PipelineName,
      { shown: boolean; verdict: string; ms: number; cpu: number; seen?: string[] }
    >
  >;
  /** Wrong claims tried, those accepted, and those that were read surely whatever contradicts them. */
  claims: number;
  accepted: string[];
  strict: string[];
  otherSure?: string[];
}

/** Rows that an earlier run wrote, one JSON text a line. */
export function readRows(file: string): Row[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** Tables in Markdown. Rows without a comparison count for the wrong claims alone. */
export function report(rows: readonly Row[]): string {
  const shown = (name: PipelineName, some: readonly Row[]) =>
    percent(some.filter((row) => row.by[name]?.shown).length, some.length);
  const compared = rows.filter((row) => row.by.ours);
  const claimed = rows.filter((row) => row.claim !== null);
  const serials = compared.filter((row) => row.claim !== null);
  const kinds = [...new Set(compared.filter((row) => row.shows).map((row) => row.kind))].sort();
  const byKind = NAMES.map((name) => [
    name,
    ...kinds.map((kind) =>
      shown(
        name,
        compared.filter((row) => row.kind === kind && row.shows),
      ),
    ),
    shown(name, serials),
  ]);
  const byLevel = NAMES.map((name) => {
    const times = compared.map((row) => row.by[name]?.ms ?? 0);
    return [
      name,
      ...[0, 1, 2, 3].map((level) =>
        shown(
          name,
          serials.filter((row) => row.level === level),
        ),
      ),
      quantile(times, 0.5).toFixed(0),
      quantile(times, 0.95).toFixed(0),
      quantile(
        compared.map((row) => row.by[name]?.cpu ?? 0),
        0.5,
      ).toFixed(0),
      quantile(
        compared.map((row) => row.by[name]?.cpu ?? 0),
        0.95,
      ).toFixed(0),
    ];
  });
  const count = (kind: Kind) => compared.filter((row) => row.kind === kind && row.shows).length;
  const claims = rows.reduce((sum, row) => sum + row.claims, 0);
  const accepting = rows.filter((row) => row.claim !== null && row.accepted.length > 0);
  const strict = rows.filter((row) => row.claim !== null && row.strict.length > 0);
  const without = rows.filter((row) => !row.shows);
  const fromNothing = without.filter((row) => (row.otherSure ?? []).length > 0);
  const another = serials.filter((row) => row.by.ours?.verdict === 'another');
  const causes = new Map<string, number>();
  for (const row of serials.filter((one) => !one.by.ours?.shown)) {
    const cause = row.by.ours?.verdict ?? '';
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  return [
    `True claim shown, by kind (${kinds.map((kind) => `${kind} ${count(kind)}`).join(', ')}):\n`,
    table(['reader', ...kinds, 'all serials'], byKind),
    `\nBy level (${[0, 1, 2, 3].map((level) => serials.filter((row) => row.level === level).length).join(', ')} pictures), and time of all pictures with the true claim:\n`,
    table(
      [
        'reader',
        'clean',
        'easy',
        'medium',
        'hard',
        'median ms',
        'p95 ms',
        'work median',
        'work p95',
      ],
      byLevel,
    ),
    `\nWrong claims: ${claims} one character off on ${claimed.length} pictures; pictures that accept any: ${accepting.length} ${accepting.map((row) => `${row.id} ${row.accepted}`).join(', ')}`,
    `Pictures on which one was read surely, before contradictions count: ${strict.length} ${strict.map((row) => `${row.id} ${row.strict}`).join(', ')}`,
    `Pictures without a serial: ${without.length}; that show one: ${fromNothing.length} ${fromNothing.map((row) => `${row.id} ${row.otherSure}`).join(', ')}`,
    `True claim called another device: ${another.length} ${another.map((row) => row.id).join(', ')}`,
    `\nTrue claims not shown, by verdict: ${[...causes].map(([cause, n]) => `${cause} ${n}`).join(', ')}`,
  ].join('\n');
}
