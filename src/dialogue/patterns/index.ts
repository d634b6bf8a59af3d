import { LanguageSchema } from '../event.ts';
import { type Folded, isOneOf } from '../normalise.ts';
import { back } from './back.ts';
import { backToBot } from './back-to-bot.ts';
import { cancel } from './cancel.ts';
import { correct } from './correct.ts';
import { follow, share, withdraw } from './follow.ts';
import { hello } from './hello.ts';
import { help } from './help.ts';
import { human } from './human.ts';
import { language } from './language.ts';
import { link } from './link.ts';
import { myData } from './my-data.ts';
import type { Pattern } from './pattern.ts';
import { rate } from './rate.ts';
import { repair } from './repair.ts';
import { restart } from './restart.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { timeline } from './timeline.ts';
import { tips } from './tips.ts';
import { unlink } from './unlink.ts';
import { verify } from './verify.ts';

/** Every pattern, in the order in which a message is held against them. */
export const patterns: readonly Pattern[] = [
  cancel,
  restart,
  back,
  repair,
  correct,
  help,
  human,
  backToBot,
  status,
  follow,
  timeline,
  share,
  withdraw,
  language,
  link,
  unlink,
  verify,
  start,
  myData,
  tips,
  rate,
  hello,
];

export interface Matched {
  pattern: Pattern;
  value: string;
}

/** The pattern that the whole message is, if any. */
export function matchPattern(message: Folded): Matched | null {
  for (const pattern of patterns) {
    const value = pattern.valueIn?.(message) ?? null;
    if (isOneOf(message, pattern.phrases)) return { pattern, value: value ?? '-' };
    if (value !== null && pattern.name !== 'tips') return { pattern, value };
  }
  return null;
}

/** The pattern of a slash command such as "/status" or "/vi", if there is one. */
export function matchCommand(text: string): Matched | null {
  const name = /^\/([a-z]{2,20})(?:@\w+)?(?:\s|$)/i.exec(text)?.[1]?.toLowerCase();
  if (!name) return null;
  if (LanguageSchema.safeParse(name).success) return { pattern: language, value: name };
  const pattern = patterns.find((candidate) => candidate.commands.includes(name));
  return pattern ? { pattern, value: '-' } : null;
}
