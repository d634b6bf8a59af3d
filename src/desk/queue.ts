/**
 * Runs so many things at a time and lets the others wait their turn.
 * @param most that may wait
 */
export function createQueue(atATime: number, most: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  const next = () => {
    running -= 1;
    waiting.shift()?.();
  };
  return {
    /** True when one more could not even wait. */
    get full(): boolean {
      return waiting.length >= most;
    },
    async run<T>(what: () => Promise<T>): Promise<T> {
      if (running >= atATime) await new Promise<void>((resolve) => waiting.push(resolve));
      running += 1;
      try {
        return await what();
      } finally {
        next();
      }
    },
  };
}
