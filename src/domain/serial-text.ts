/** What people paste around a serial: other numbers with names of their own, and labels. */

const MOST_CHARS = 16_384;
const MOST_LABELS = 200;

/** A word of letters and digits in a text. */
export interface Word {
  /** As written. */
  raw: string;
  /** Upper case. */
  text: string;
  from: number;
  to: number;
}

/** One spelling for width, dashes and spaces; nothing invisible; at most 16,384 characters. */
export function tidy(text: string): string {
  return text
    .slice(0, MOST_CHARS)
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, (char) => (/[\n\r\t]/.test(char) ? '\n' : ''))
    .replace(/[\u2010-\u2015\u2212]/g, '-');
}

/** Words of letters and digits, accented ones included. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    raw: match[0],
    text: match[0].toUpperCase(),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** Other numbers that stand on labels and in messages, by the names before them. */
const OTHER_NAMES = [
  'P\\/?N',
  'PART',
  'MATERIAL',
  'MÃ VẬT TƯ',
  'VẬT TƯ',
  'SKU',
  'EAN',
  'UPC',
  'ORDER',
  'MAC',
  'IP',
  'PHONE',
  'TEL',
  'MOBILE',
  'HOTLINE',
  'ZALO',
  'SĐT',
  'ĐT',
  'ĐIỆN THOẠI',
  'DIEN THOAI',
  'MST',
  'MÃ SỐ THUẾ',
  'MA SO THUE',
  'TAX',
  'CMND',
  'CCCD',
  'STK',
  'SỐ TÀI KHOẢN',
  'HÓA ĐƠN',
  'HOÁ ĐƠN',
  'INVOICE',
  'FIRMWARE',
  'VERSION',
  'DATE',
  'NGÀY',
].join('|');

const OTHER_NAMED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${OTHER_NAMES})(?:[ ]?(?:NO|NUMBER|CODE|SỐ|ID|ADDRESS))?(?![\\p{L}\\p{N}])[ ]?[.:#=]{0,2}[ ]?\\+?(?=[\\p{L}]{0,3}\\d)[0-9A-Z]{1,40}(?:[.:\\-/ ](?=\\d)[0-9A-F]{1,12}(?![\\p{L}\\p{N}])){0,8}`,
  'giu',
);

const UNNAMED: readonly RegExp[] = [
  /(?:https?:\/\/|www\.)\S{1,500}/gi,
  /[\w.+-]{1,64}@[\w.-]{1,100}/g,
  /[A-Za-z0-9+/=]{40,}/g,
  /(?<![0-9A-F:-])(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}(?![0-9A-F:-])/gi,
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g,
  /(?<![\p{L}\d]-?)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})(?!-?\d)/gu,
  /(?<!\d)\d{1,2}(?::|[hH])\d{0,2}(?![\p{L}\p{N}])/gu,
  /\+\d[\d .-]{7,17}\d/g,
];

function blank(match: string): string {
  return '\n'.repeat(match.length);
}

/** Blanks numbers that say by their name or their form that they are something else. Keeps places. */
export function withoutOtherNumbers(text: string): string {
  let rest = text.replace(OTHER_NAMED, blank);
  for (const pattern of UNNAMED) rest = rest.replace(pattern, blank);
  // Vietnamese telephone numbers: ten or eleven digits that begin with 0 or 84.
  return rest.replace(/(?<![\p{L}\p{N}])\d(?:[ .-]?\d){9,10}(?![\p{L}\p{N}])/gu, (match) =>
    /^(?:0\d{9,10}|84\d{9})$/.test(match.replace(/\D/g, '')) ? blank(match) : match,
  );
}

const LABEL =
  /(?<![\p{L}\p{N}])(?:(?:S[OỐ] )?(?:S[EÊ][ -]?RI|SERI)(?:AL)?(?: ?(?:NO|NUMBER|NUM|S[OỐ]))?|S\/N|SN|SUBSERIAL)(?![\p{L}\p{N}])/giu;

/** Where a text has just said "serial": the places behind such marks. */
export function labelEnds(text: string): number[] {
  return [...text.matchAll(LABEL)]
    .slice(0, MOST_LABELS)
    .map((match) => match.index + match[0].length);
}

/** The text without such marks, and without the words of courtesy and of pointing around a number. */
export function withoutFraming(text: string): string {
  return text
    .replace(LABEL, '\n')
    .replace(
      /(?<![\p{L}\p{N}])(?:dạ|da|ạ|đây|day|nhé|nhe|nha|em|anh|chị|của|cua|là|la|số|so|mã|ma|nó|no|thiết bị|camera|cam|đầu ghi|this|is|it|it's|here|my|the|number|device|please|nè|ơi|với)(?![\p{L}\p{N}])/giu,
      '\n',
    );
}
