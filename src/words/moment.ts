import type { Language } from '../dialogue/event.ts';

const FORMATS: Record<Language, Intl.DateTimeFormat> = {
  vi: format('vi-VN'),
  en: format('en-GB'),
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
  const parts = Object.fromEntries(
    FORMATS[language].formatToParts(new Date(at)).map((part) => [part.type, part.value]),
  );
  const time = `${parts.hour}:${parts.minute}`;
  const date = `${parts.day}/${parts.month}`;
  const weekday = (parts.weekday ?? '').replace(/^\S+/, (word) => LOWER[word] ?? word);
  return language === 'vi'
    ? `${time} ${weekday} ngày ${date}`.normalize('NFC')
    : `${time} on ${weekday} ${date}`;
}
