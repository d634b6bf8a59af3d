/**
 * A link code: nine capital letters, in threes. Without vowels it is no word of either language, and
 * Vietnamese keyboards (Telex, VNI) leave it alone: they change vowels, w and a doubled d. Without
 * digits nobody takes it for a serial, nor an O for a 0.
 */
export const LINK_CODE_LETTERS = 'BCFGHJKLMNPQRSTVXZ';
export const LINK_CODE_LENGTH = 9;
export const LINK_CODE_LIVES_MS = 15 * 60_000;
/** What transcripts show in its place. */
export const COVERED_LINK_CODE = '•••-•••-•••';

/** "kkkkkkkkk" is somebody who laughs. */
const LEAST_DIFFERENT = 4;

const GROUP = `[${LINK_CODE_LETTERS}]{3}`;
const TYPED = new RegExp(
  String.raw`^(?:/[a-z]{2,20}(?:@\w+)?\s+)?(${GROUP})[\s\-–—.]?(${GROUP})[\s\-–—.]?(${GROUP})$`,
  'i',
);

/** Whether letters are a code that is given out. */
export function isLinkCode(code: string): boolean {
  const letters = [...code];
  return (
    letters.length === LINK_CODE_LENGTH &&
    letters.every((letter) => LINK_CODE_LETTERS.includes(letter)) &&
    new Set(letters).size >= LEAST_DIFFERENT
  );
}

/** The code that a whole message is, with or without a command before it; null for anything else. */
export function readLinkCode(text: string): string | null {
  if (text.length > 60) return null;
  const [, ...groups] = TYPED.exec(text.trim()) ?? [];
  const code = groups.join('').toUpperCase();
  return isLinkCode(code) ? code : null;
}

/** As people read it: KTR-XMP-QBN. */
export function writeLinkCode(code: string): string {
  return code.replace(/(...)(?=.)/g, '$1-');
}
