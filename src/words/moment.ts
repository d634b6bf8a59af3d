import type { Language } from '../dialogue/event.ts';

/** How a language names days, and in which order it says them. */
const MANNERS: Record<
  Language,
  { format: Intl.DateTimeFormat; say: (time: string, weekday: string, date: string) => string }
> = {
  vi: { format: format('vi-VN'), say: (time, weekday, date) => `${time} ${weekday} ngày ${date}` },
  en: { format: format('en-GB'), say: (time, weekday, date) => `${time} on ${weekday} ${date}` },
};

function format(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'Asia/Ho_Chi_Minh',
    weekday: 'long',
    day: 'numeric',
    month: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

const LOWER: Record<string, string> = { Thứ: 'thứ', Chủ: 'Chủ' };

/** A point in time as people say it: "17:30 thứ Hai 30/11", "17:30 on Monday 30/11". Vietnam time. */
export function formatMoment(at: number, language: Language): string {
  const { format, say } = MANNERS[language];
  const parts = Object.fromEntries(
    format.formatToParts(new Date(at)).map((part) => [part.type, part.value]),
  );
  const time = `${parts.hour}:${parts.minute}`;
  const date = `${parts.day}/${parts.month}`;
  const weekday = (parts.weekday ?? '').replace(/^\S+/, (word) => LOWER[word] ?? word);
  return say(time, weekday, date).normalize('NFC');
}
