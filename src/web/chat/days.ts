import type { TFunction } from 'i18next';
import type { Language } from './texts.ts';

/** The person's own calendar day of a time in milliseconds, as a key. */
export function dayKey(at: number): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`;
}

/** "Hôm nay", "Yesterday", or the date. */
export function dayName(at: number, now: number, language: Language, t: TFunction): string {
  if (dayKey(at) === dayKey(now)) return t('day.today');
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayKey(at) === dayKey(yesterday.getTime())) return t('day.yesterday');
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'full' }).format(at);
}

export function clock(at: number, language: Language): string {
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(localeOf(language), format).format(at);
}

/** "09:42", with the date when it is another day's. */
export function dayAndClock(at: number, now: number, language: Language): string {
  const time = clock(at, language);
  if (dayKey(at) === dayKey(now)) return time;
  const format = { day: 'numeric', month: 'numeric' } as const;
  return `${time} ${new Intl.DateTimeFormat(localeOf(language), format).format(at)}`;
}

function localeOf(language: Language): string {
  return language === 'vi' ? 'vi-VN' : 'en-GB';
}
