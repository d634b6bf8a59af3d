/** A message made comparable. `plain` has no diacritics; `exact` keeps them, one spelling each. */
export interface Folded {
  /** NFC, trimmed, otherwise as written. */
  raw: string;
  exact: string;
  plain: string;
  /** The person typed diacritics, so "lần" must not pass for "lan". */
  accented: boolean;
}

/** No phrase is nearly as long, and comparing stays quick whatever somebody pastes. */
const LONGEST_COMPARED = 500;

const SIGNS_AROUND = /^[\s.,!?;:…"'“”()\-–]+|[\s.,!?;:…"'“”()\-–]+$/gu;

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const MARKS = /[\u0300-\u036f]/g;
const COURTESY_BEFORE =
  /^(?:dạ|da|em muốn|em muon|tôi muốn|toi muon|mình muốn|minh muon|cho em|cho anh|cho chị|cho chi|cho tôi|cho toi|cho mình|cho minh|please|i want to|i need to|i would like to|i'd like to|can i|could i|may i|let me),? (?=\S)/;
const COURTESY_AFTER =
  /,? (?:ạ|nhé|nhe|nha|nhá|với|em ơi|em oi|ad ơi|ad oi|shop ơi|shop oi|bạn ơi|ban oi|please|pls|giúp em|giup em|giúp anh|giup anh)$/;

/**
 * Puts a syllable's tone behind its letters, so that both accepted spellings ("hủy", "huỷ")
 * are the same text. Works on lower-case NFD; the result is for comparing only.
 */
function toneLast(syllable: string): string {
  const tones = syllable.match(TONES);
  return tones ? syllable.replace(TONES, '') + tones.join('') : syllable;
}

function withoutCourtesy(text: string): string {
  const shorter = text.replace(COURTESY_BEFORE, '').replace(COURTESY_AFTER, '').trim();
  return shorter === text || shorter === '' ? text : withoutCourtesy(shorter);
}

/** Folds a message for comparing: case, spaces, punctuation at the ends, courtesy words, tone places. */
export function fold(text: string): Folded {
  const raw = text.normalize('NFC').trim();
  const line = raw.replace(/\s+/gu, ' ').slice(0, LONGEST_COMPARED).toLowerCase();
  // A message of signs alone ("?") is what it is.
  const tidy = withoutCourtesy(line.replace(SIGNS_AROUND, '') || line);
  const decomposed = tidy.normalize('NFD');
  const exact = decomposed.split(' ').map(toneLast).join(' ');
  const plain = decomposed.replace(MARKS, '').replaceAll('đ', 'd');
  return { raw, exact, plain, accented: plain !== decomposed };
}

const foldedPhrases = new Map<string, Folded>();

function foldPhrase(phrase: string): Folded {
  const known = foldedPhrases.get(phrase);
  if (known) return known;
  const folded = fold(phrase);
  foldedPhrases.set(phrase, folded);
  return folded;
}

/** Lists of phrases that are written down somewhere, in both ways of comparing. */
const lists = new WeakMap<readonly string[], Record<'exact' | 'plain', ReadonlySet<string>>>();

function listOf(phrases: readonly string[]) {
  const known = lists.get(phrases);
  if (known) return known;
  const folded = phrases.map(foldPhrase);
  const list = {
    exact: new Set(folded.map(({ exact }) => exact)),
    plain: new Set(folded.map(({ plain }) => plain)),
  };
  lists.set(phrases, list);
  return list;
}

/**
 * Whether the whole message is one of these phrases; diacritics count only if the person typed any.
 * @param phrases a list that is written down somewhere: it is folded once, and remembered
 */
export function isOneOf(message: Folded, phrases: readonly string[]): boolean {
  const { exact, plain } = listOf(phrases);
  return message.accented ? exact.has(message.exact) : plain.has(message.plain);
}

/** Whether the whole message is this text, which is made for the occasion: nothing of it is kept. */
export function isText(message: Folded, text: string): boolean {
  const { exact, plain } = fold(text);
  return message.accented ? exact === message.exact : plain === message.plain;
}

/** Whether one of these phrases stands in the message as whole words. */
export function mentions(message: Folded, phrases: readonly string[]): boolean {
  const text = ` ${message.accented ? message.exact : message.plain} `;
  return phrases.some((phrase) => {
    const folded = foldPhrase(phrase);
    return text.includes(` ${message.accented ? folded.exact : folded.plain} `);
  });
}

/** The key of the first entry one of whose phrases is the whole message. */
export function keyOf<K extends string>(
  message: Folded,
  phrases: Readonly<Record<K, readonly string[]>>,
): K | null {
  for (const key of Object.keys(phrases) as K[]) if (isOneOf(message, phrases[key])) return key;
  return null;
}
