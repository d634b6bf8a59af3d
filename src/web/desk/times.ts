import { useEffect, useState } from 'preact/hooks';
import type { Language, T } from './texts.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From here on a case is shown as urgent. */
const SOON = 3 * MINUTE;

let offset = 0;
const clocks = new Set<() => void>();

/** Sets this page's clock by the server's: an agent's computer may be minutes off. */
export function setServerTime(now: number): void {
  offset = now - Date.now();
  for (const tick of clocks) tick();
}

/** The server's time, anew each second. */
export function useServerTime(): number {
  const [now, setNow] = useState(() => Date.now() + offset);
  useEffect(() => {
    const tick = () => setNow(Date.now() + offset);
    tick();
    clocks.add(tick);
    const timer = setInterval(tick, 1000);
    return () => {
      clocks.delete(tick);
      clearInterval(timer);
    };
  }, []);
  return now;
}

function format(language: Language, at: number, options: Intl.DateTimeFormatOptions): string {
  const locale = language === 'vi' ? 'vi-VN' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, hourCycle: 'h23', ...options }).format(
    at,
  );
}

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const DATE = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;

/** "14:05" for today, else "14:05 23/11/2026". */
export function timeText(language: Language, at: number): string {
  const date = format(language, at, DATE);
  const clock = format(language, at, CLOCK);
  return date === format(language, Date.now() + offset, DATE) ? clock : `${clock} ${date}`;
}

/** "23/11/2026". */
export function dateText(language: Language, at: number): string {
  return format(language, at, DATE);
}

/** The date in Vietnam, as date fields write it: "2026-11-23". */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(Date.now() + offset);
}

/** A length of time, rounded to what matters at its size. */
export function lengthText(t: T, length: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  if (length >= DAY) {
    return t('clock.days', { d: Math.floor(length / DAY), h: Math.floor((length % DAY) / HOUR) });
  }
  if (length >= HOUR) {
    return t('clock.hours', {
      h: Math.floor(length / HOUR),
      m: two(Math.floor((length % HOUR) / MINUTE)),
    });
  }
  const s = two(Math.floor((length % MINUTE) / 1000));
  return t('clock.minutes', { m: two(Math.floor(length / MINUTE)), s });
}

/**
 * What a case's clock shows, and how urgent it is. It counts to the target, which is what agents
 * aim at; only a broken promise is overdue.
 */
export function countdown(
  t: T,
  { target, answerBy }: { target: number; answerBy: number },
  now: number,
): { text: string; tone: 'calm' | 'soon' | 'over' } {
  const time = (length: number) => ({ time: lengthText(t, length) });
  if (now > answerBy) return { text: t('clock.over', time(now - answerBy)), tone: 'over' };
  if (now > target) return { text: t('clock.pastTarget', time(now - target)), tone: 'soon' };
  const left = target - now;
  return { text: t('clock.left', time(left)), tone: left <= SOON ? 'soon' : 'calm' };
}
