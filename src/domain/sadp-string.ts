import { isShareQr } from './label.ts';
import { describeCode } from './sadp-code.ts';
import { unwrapSadp } from './sadp-wrapper.ts';

export { parseSadpFileName } from './sadp-file-name.ts';

/**
 * What a text is to the slot that waits for SADP's export. `complete` and `piece` carry a secret.
 * `unknown`: a long base64 text with a header that was never seen; taken with a warning.
 */
export type SadpRecognition =
  | { kind: 'complete'; text: string; format: 'A' | 'B' | 'unknown' }
  | { kind: 'piece'; text: string }
  | { kind: 'share' }
  | { kind: 'none' };

const LONGEST_TEXT = 16_384;
const MASK = '••••••';
const NONE: SadpRecognition = { kind: 'none' };

/**
 * Recognises the string that SADP's "Forgot Password" exports, in whatever it came: pasted among
 * words, wrapped in lines, inside `<Code>` or `<EncryptString>` of a reply, behind a QR's
 * `?code=D:<model>**`. XML is never expanded: a DOCTYPE or an entity makes it `none`.
 *
 * @param text untrusted; more than 16,384 characters are never a string. Linear in its length.
 */
export function recogniseSadp(text: string): SadpRecognition {
  if (text.length > LONGEST_TEXT) return NONE;
  if (isShareQr(text)) return { kind: 'share' };
  const inside = unwrapSadp(text);
  if (inside === null) return NONE;
  const code = inside.named ? inside.text.replace(/\s+/g, '') : findCode(inside.text);
  if (code === null) return NONE;
  const seen = describeCode(code);
  if (seen === 'none') return NONE;
  if (seen === 'piece' || inside.cut) return { kind: 'piece', text: code };
  return { kind: 'complete', text: code, format: seen };
}

/**
 * Puts the pieces of a string together, in the order in which they came; the piece with the header
 * is put first when it came later.
 */
export function joinPieces(pieces: readonly string[]): SadpRecognition {
  const clean = pieces.map((piece) => {
    const inside = unwrapSadp(piece.slice(0, LONGEST_TEXT));
    return (inside?.text ?? '').replace(/\s+/g, '');
  });
  const head = clean.findIndex(hasHeader);
  const inOrder = recogniseSadp(clean.join(''));
  if (head <= 0 || inOrder.kind === 'share') return inOrder;
  return recogniseSadp([...clean.slice(head), ...clean.slice(0, head)].join(''));
}

/**
 * A text fit to be shown and kept: what may be a string's code, or a part of it, is masked. Words,
 * serials and numbers stay; of what has both cases and no space, rather too much is masked.
 */
export function withoutSadpCodes(text: string): string {
  return text.replace(/[A-Za-z0-9+/]{8,}={0,2}/g, (token) =>
    hasHeader(token) || looksCoded(token) || isLongAndMixed(token) ? MASK : token,
  );
}

function hasHeader(text: string): boolean {
  return text.startsWith('AwAAA') || text.startsWith('//8AA');
}

/** Between words, a token of at least so many characters can be a part of a string. */
const SHORTEST_TOKEN = 16;

/** Where mail and tools break base64 into lines. */
const LINES: readonly number[] = [64, 76];

/**
 * The base64 in a text, its parts joined: from the first token that can only be code (or from a
 * known header) to the last that is base64. Words of a language at the end are left out unless the
 * string needs them to be whole.
 */
function findCode(text: string): string | null {
  const tokens = text
    .replace(/(?<![A-Za-z])[A-Za-z]{2,10}:\/\/\S+/g, ' , ')
    .split(/[\s:"'`<>()[\],;]+/)
    .map((token) => token.replace(/[.!?…]+$/, ''))
    .filter((token) => token !== '');
  const start = hasHeader(tokens.slice(0, 8).join(''))
    ? 0
    : tokens.findIndex((token) => hasHeader(token) || looksCoded(token));
  if (start < 0) return lastBit(tokens);
  const run: string[] = [];
  for (const token of tokens.slice(start)) {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(token)) break;
    run.push(token);
    if (token.endsWith('=')) break;
  }
  const known = run.findLastIndex((token) => !isWord(token)) + 1;
  const sure = run.slice(0, known).join('');
  const all = run.join('');
  const whole = (code: string) => code.length % 4 === 0 && describeCode(code) !== 'piece';
  // Behind a full line of a wrapped string stands its last line, however much it looks like a word.
  const wrapped = run.length === known + 1 && LINES.includes(run[known - 1]?.length ?? 0);
  return (wrapped || !whole(sure)) && whole(all) ? all : sure;
}

/** The very end of a string, sent on its own: nothing else is short, mixed and padded. */
function lastBit(tokens: readonly string[]): string | null {
  const [only, more] = tokens;
  const padded = /^(?=.*[a-z])(?=.*[A-Z0-9])[A-Za-z0-9+/]{3,}={1,2}$/;
  return only && more === undefined && padded.test(only) ? only : null;
}

function isWord(token: string): boolean {
  return /^(?:[A-Z]?[a-z]{0,9}|[A-Z]{1,8}|\d{1,3})$/.test(token);
}

/** No word and no serial is so long and has both cases behind its first letter. */
function isLongAndMixed(token: string): boolean {
  return token.length >= 20 && /.[A-Z]/.test(token) && /[a-z]/.test(token);
}

/** Mixed case, digits, and changing between them all the time: no word, name or number is like it. */
function looksCoded(token: string): boolean {
  if (token.length < SHORTEST_TOKEN || !/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return false;
  if (!/[a-z]/.test(token) || !/[A-Z]/.test(token) || !/\d/.test(token)) return false;
  const stretches = token.match(/[a-z]+|[A-Z]+|\d+|[+/=]+/g)?.length ?? 0;
  return stretches * 3 >= token.length;
}
