import type { Decided } from './contract.ts';

const LAST_TEXT = 200;

/** The beginning of a text, not cut within a character. */
function beginning(text: string): string {
  return text.length <= LAST_TEXT ? text : text.slice(0, LAST_TEXT).replace(/[\uD800-\uDBFF]$/, '');
}

/** What lists show of a conversation after this turn, or null when the turn showed nothing. */
export function lastTextOf({ heardShown, sendsShown }: Decided): string | null {
  const last = sendsShown.at(-1) ?? heardShown;
  return last && beginning(last.text);
}
