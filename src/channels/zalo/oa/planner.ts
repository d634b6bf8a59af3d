import type { ChannelName } from '../../../dialogue/event.ts';

const HOUR = 3_600_000;
/** After a person's last interaction messages are free for so long. */
export const FREE_MS = 48 * HOUR;
/** And possible, though billed, for so long; Zalo refuses them afterwards. */
const WINDOW_MS = 7 * 24 * HOUR;
/** News may come somewhat later than promised. */
const LATE_MS = 24 * HOUR;

/** What is known about a person and a push when its way is chosen. */
export interface PlanInput {
  now: number;
  /** When the person last wrote, pressed or followed; null = never, or Zalo says too long ago. */
  lastInteraction: number | null;
  /** Whether a template of that kind is configured and can tell this push. */
  templateByUid: boolean;
  templateByPhone: boolean;
  phoneKnown: boolean;
  /** Channels of the same account that take messages now. */
  otherChannels: readonly ChannelName[];
}

export type Plan =
  | { way: 'free'; why: 'within48h' }
  | { way: 'billed'; why: 'within7d' }
  | { way: 'templateByUid'; why: 'after7d' }
  | { way: 'templateByPhone'; why: 'after7d' }
  | { way: 'otherChannel'; why: 'after7d'; channel: ChannelName }
  /** Until the person writes again. */
  | { way: 'wait'; why: 'noTemplate' | 'noPhone' };

/** Which way a push goes now. The cheapest that reaches the person where they made their case. */
export function planPush(input: PlanInput): Plan {
  const { now, lastInteraction, templateByUid, templateByPhone, phoneKnown } = input;
  const ago = lastInteraction === null ? Number.POSITIVE_INFINITY : now - lastInteraction;
  if (ago < FREE_MS) return { way: 'free', why: 'within48h' };
  if (ago < WINDOW_MS) return { way: 'billed', why: 'within7d' };
  if (templateByUid) return { way: 'templateByUid', why: 'after7d' };
  if (templateByPhone && phoneKnown) return { way: 'templateByPhone', why: 'after7d' };
  const [channel] = input.otherChannels;
  if (channel) return { way: 'otherChannel', why: 'after7d', channel };
  return { way: 'wait', why: templateByPhone ? 'noPhone' : 'noTemplate' };
}

/**
 * Whether the answer to a case may come when only a template by phone reaches the person, so that
 * their number has to be asked for now.
 * @param answerBy when the answer is promised
 */
export function needsPhone(input: PlanInput & { answerBy: number }): boolean {
  if (input.phoneKnown) return false;
  const then = planPush({ ...input, now: input.answerBy + LATE_MS });
  return then.way === 'wait' && then.why === 'noPhone';
}
