import { asSerial, fieldsOf, LONGEST_LABEL, packedIn, SITE, stuckCode } from './label-lines.ts';

const MASK = '••••••';
/** A code is up to 12 characters; one or two would blank words of the language. */
const SHORTEST_REPEATED = 4;
const MOST_REPEATED = 20;

const CODE_NAME =
  '(?:(?:device |default )?verif(?:y|ication)[ -]?code|v\\.? ?code|(?:mã|ma)(?: số| so)? (?:xác|xac) (?:minh|thực|thuc|nhận|nhan)|(?:mã|ma) (?:kiểm|kiem) tra|(?<!(?:qr|bar|error|pairing)[ -]?)code|mã code|ma code)';
const SPACED = '[A-Za-z0-9](?:[ ][A-Za-z0-9]){3,11}(?![\\p{L}\\p{N}])';
/** A name, a mark such as ":", and whatever stands behind it. */
const NAMED_CODE = new RegExp(
  `(?<![\\p{L}\\p{N}])${CODE_NAME}(?:[ ]?\\([^()\\n]{0,30}\\))?(?:[ ]?(?:là|la|is))?\\s{0,3}[:=#：-]\\s{0,3}(${SPACED}|[^\\s,;]{1,60}?)(?=[.!?…)"'”]*(?:[\\s,;]|$))`,
  'giu',
);
/** A name and, without a mark, something that looks like a code. */
const SPOKEN_CODE = new RegExp(
  `(?<![\\p{L}\\p{N}])${CODE_NAME}(?:\\s(?:của em|cua em|là|la|is|nó|no|em))*\\s{1,3}([A-Za-z0-9]{4,12})(?![\\p{L}\\p{N}])`,
  'giu',
);

/**
 * A label's text that a person pasted, fit for the transcript: the verification code is replaced
 * by dots wherever it stands, both in a QR's lines and behind a name ("Mã xác minh: …").
 */
export function withoutVerificationCode(text: string): string {
  const packed = packedIn(text.slice(0, LONGEST_LABEL));
  const open = packed ? text.replace(packed.packed, MASK) : text;
  const codes = new Set(codesAfterSerials(open));
  const runOn = /\s/.test(open.trim()) ? undefined : fieldsOf(open.trim())?.code;
  if (runOn) codes.add(runOn);
  const hide = (isCode: (code: string) => boolean) => (match: string, code: string) => {
    if (!isCode(code)) return match;
    if (code.length >= SHORTEST_REPEATED) codes.add(code);
    return match.slice(0, match.length - code.length) + MASK;
  };
  let rest = withoutStuckCodes(open)
    .replace(
      NAMED_CODE,
      hide((code) => asSerial(code) === null),
    )
    .replace(
      SPOKEN_CODE,
      hide((code) => asSerial(code) === null && looksChosen(code)),
    );
  for (const code of [...codes].slice(0, MOST_REPEATED)) {
    rest = code === runOn ? rest.replace(code, MASK) : hideWord(rest, code);
  }
  return rest;
}

/** Codes that follow a full serial without a gap. */
function withoutStuckCodes(text: string): string {
  return text.replace(/[A-Za-z]{2,5}-[^\s,;]{20,126}/g, (word) => {
    const code = stuckCode(asSerial(word) ?? '');
    return code === '' ? word : word.slice(0, word.length - code.length) + MASK;
  });
}

/** The same code again, elsewhere in the text. */
function hideWord(text: string, code: string): string {
  const escaped = code.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu'), MASK);
}

/** Six characters as by default, or capitals or digits as nobody writes words. */
function looksChosen(word: string): boolean {
  return word.length === 6 || /\d/.test(word) || word === word.toUpperCase();
}

/** What stands on the line behind a serial, or behind it on the same line. */
function codesAfterSerials(text: string): string[] {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim().split(/\s+/));
  return lines.flatMap((words, index) => {
    const at = words.findIndex((word) => asSerial(word) !== null);
    if (at < 0) return [];
    const behind = words[at + 1];
    const next = lines[index + 1] ?? [];
    const fromLabel = behind === undefined || words.slice(0, at).some((word) => SITE.test(word));
    const code = behind ?? (next.length === 1 ? next[0] : undefined) ?? '';
    const last = behind === undefined || at + 2 === words.length;
    const shape = fromLabel ? /^(?:[A-Z0-9]{4,12}|[A-Za-z]{6})$/ : /^[A-Z]{6}$/;
    return (fromLabel || last) && shape.test(code) && asSerial(code) === null ? [code] : [];
  });
}
