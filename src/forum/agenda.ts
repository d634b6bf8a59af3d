/** Of what is looked at, so many at a time are asked whether a human waits there. */
const LOOKED_AT = 200;
/** Each so many-th turn is the oldest one's, whoever waits: a burst must not leave anybody behind. */
const FAIR = 3;

/** Which conversations have news that their topics have not been told, and when each may be looked at. */
export class Agenda {
  readonly #due = new Map<string, number>();
  #turns = 0;

  /** What waits already keeps its time: more news do not put it off. */
  add(conversationId: string, at: number): void {
    if (!this.#due.has(conversationId)) this.#due.set(conversationId, at);
  }

  get empty(): boolean {
    return this.#due.size === 0;
  }

  /** When the next one may be looked at; null when there is none. */
  nextAt(): number | null {
    return this.#due.size === 0 ? null : Math.min(...this.#due.values());
  }

  /**
   * Takes the next one that is due, conversations with a human first.
   * @param withHuman of these, the ones in which a human is asked for or writes
   */
  async take(
    now: number,
    withHuman: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
  ): Promise<string | null> {
    const due = [...this.#due].filter(([, at]) => at <= now).sort(([, a], [, b]) => a - b);
    const ids = due.slice(0, LOOKED_AT).map(([id]) => id);
    const [oldest] = ids;
    if (oldest === undefined) return null;
    this.#turns += 1;
    const fair = ids.length === 1 || this.#turns % FAIR === 0;
    const first = fair
      ? undefined
      : await withHuman(ids).then((some) => ids.find((id) => some.has(id)));
    const chosen = first ?? oldest;
    this.#due.delete(chosen);
    return chosen;
  }
}
