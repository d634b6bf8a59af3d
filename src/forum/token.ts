/** What a button under a mirrored message does. `epoch` and `revision` are what its reader saw. */
export type ButtonAct =
  | { act: 'take' | 'back'; epoch: number }
  | { act: 'approve' | 'refuse'; caseId: string; revision: number }
  | { act: 'reason'; caseId: string; revision: number; reason: number }
  | { act: 'menu' };

const LETTERS = {
  take: 't',
  back: 'b',
  approve: 'a',
  refuse: 'r',
  reason: 'y',
  menu: 'm',
} as const;
/** Bytes of `callback_data`. */
const LONGEST = 64;

/** The button's token; null for one that Telegram would not take. */
export function writeToken(act: ButtonAct): string | null {
  const parts: (string | number)[] = ['f', LETTERS[act.act]];
  if ('epoch' in act) parts.push(act.epoch);
  if ('caseId' in act) parts.push(act.caseId, act.revision);
  if ('reason' in act) parts.push(act.reason);
  const token = parts.join(':');
  return Buffer.byteLength(token) <= LONGEST ? token : null;
}

/** Null for what is none of ours. */
export function readToken(token: string): ButtonAct | null {
  const [mark, letter, ...rest] = token.split(':');
  if (mark !== 'f') return null;
  const [first = '', second = '', third = ''] = rest;
  const count = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : -1);
  switch (letter) {
    case 't':
      return { act: 'take', epoch: count(first) };
    case 'b':
      return { act: 'back', epoch: count(first) };
    case 'a':
      return { act: 'approve', caseId: first, revision: count(second) };
    case 'r':
      return { act: 'refuse', caseId: first, revision: count(second) };
    case 'y':
      return { act: 'reason', caseId: first, revision: count(second), reason: count(third) };
    case 'm':
      return { act: 'menu' };
    default:
      return null;
  }
}
