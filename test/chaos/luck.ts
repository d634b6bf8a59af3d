/** What befalls somebody's messages on the way, drawn anew each time. */
export interface Luck {
  /** An acknowledged message is delivered once more. */
  again(): boolean;
  /** An acknowledged message is delivered once more after the next ones. */
  late(): boolean;
  /** The connection breaks while a message or its answer is under way. */
  breaks(): boolean;
  /** The platform says that there are too many requests. */
  limits(): boolean;
  /** Up to so many. */
  upTo(most: number): number;
}

/** @param random from 0 to 1; a seeded one replays */
export function luckOf(random: () => number): Luck {
  const share = (part: number) => () => random() < part;
  return {
    again: share(0.1),
    late: share(0.1),
    breaks: share(0.08),
    limits: share(0.04),
    upTo: (most) => Math.round(random() * most),
  };
}

/** Nothing goes wrong on the way. */
export const STEADY = luckOf(() => 1);
