import { seeded } from '../../pictures/random.ts';

const CHARACTERS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every text that differs from a serial in one character, or in two neighbours changed about; the serial left out. */
export function oneOff(short: string): string[] {
  const found = new Set<string>();
  for (let at = 0; at < short.length; at++) {
    for (const char of CHARACTERS) found.add(short.slice(0, at) + char + short.slice(at + 1));
    const [a = '', b = ''] = [short[at], short[at + 1]];
    found.add(short.slice(0, at) + b + a + short.slice(at + 2));
  }
  found.delete(short);
  return [...found];
}

export function isOneOff(short: string, other: string): boolean {
  return oneOff(short).includes(other);
}

/** One of them: another digit in one of the last seven places. */
export function someOneOff(short: string, seed: string): string {
  const random = seeded([...seed].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7));
  const at = 2 + Math.floor(random() * 7);
  const digit = (Number(short[at]) + 1 + Math.floor(random() * 9)) % 10;
  return short.slice(0, at) + digit + short.slice(at + 1);
}
