import type { TFunction } from 'i18next';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds until the text of `timeLeft` changes. */
export function pace(left: number): number {
  return left < HOUR ? 1_000 : MINUTE / 2;
}

/** "9:05", "3 giờ 20 phút", "2 d 3 h". */
export function timeLeft(left: number, t: TFunction): string {
  const whole = Math.ceil(left / 1000);
  if (left < HOUR) return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  const days = Math.floor(left / DAY);
  const hours = Math.floor((left % DAY) / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const parts =
    days > 0
      ? [t('case.days', { n: days }), hours > 0 ? t('case.hours', { n: hours }) : '']
      : [t('case.hours', { n: hours }), minutes > 0 ? t('case.minutes', { n: minutes }) : ''];
  return parts.filter((part) => part !== '').join(' ');
}
