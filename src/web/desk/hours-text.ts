import type { Hours } from '../../desk/wire/office.ts';

const RANGE = /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/;

/** "08:30-12:00, 13:00-17:30"; empty for a day of rest. */
export function hoursText(hours: Hours): string {
  return hours.map(({ from, to }) => `${from}-${to}`).join(', ');
}

/** The hours of such a text, or null for what is none. The server has the last word. */
export function parseHours(text: string): Hours | null {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const hours: Hours = [];
  for (const part of parts) {
    const [, fromHour = '', fromMinute, toHour = '', toMinute] = RANGE.exec(part) ?? [];
    if (fromMinute === undefined || toMinute === undefined) return null;
    const from = `${fromHour.padStart(2, '0')}:${fromMinute}`;
    const to = `${toHour.padStart(2, '0')}:${toMinute}`;
    const before = hours.at(-1)?.to ?? '00:00';
    const valid = from < to && to <= '24:00' && Number(fromMinute) < 60 && Number(toMinute) < 60;
    if (!valid || from < before) return null;
    hours.push({ from, to });
  }
  return hours;
}
