import type { CountedCase } from '../store/contract.ts';
import { timesOf } from './figures.ts';

const COLUMNS = [
  'number',
  'channel',
  'language',
  'sent',
  'promised',
  'status',
  'reason',
  'decidedBy',
  'minutesToFirstAnswer',
  'minutesToDecision',
  'agentWrote',
  'rating',
] as const;

/** Spreadsheets take text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Cases as CSV (RFC 4180, UTF-8 with the mark that spreadsheets want), a line each; times in UTC. */
export function csvOf(cases: readonly CountedCase[], slaMinutes: number): string {
  const lines = cases.map((one) => {
    const { firstAnswer, decision } = timesOf(one, slaMinutes);
    const row: Record<(typeof COLUMNS)[number], string | number | null> = {
      number: one.number,
      channel: one.channel,
      language: one.language,
      sent: new Date(one.submittedAt).toISOString(),
      promised: new Date(one.answerBy).toISOString(),
      status: one.steps.at(-1)?.status ?? null,
      reason: one.reason,
      decidedBy: one.decidedBy,
      minutesToFirstAnswer: firstAnswer,
      minutesToDecision: decision,
      agentWrote: one.human ? 'yes' : 'no',
      rating: one.rating,
    };
    return COLUMNS.map((name) => cell(row[name])).join(',');
  });
  return `\uFEFF${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}
