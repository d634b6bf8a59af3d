/** A picture that waits for the reading process. */
export interface Waiting<T> {
  job: T;
  bytes: number;
  /** Milliseconds of performance.now() at its arrival. */
  since: number;
}

/** How long the queue is. */
export interface Load {
  /** Pictures that wait; the one under way is not among them. */
  waiting: number;
  /** Persons whose pictures wait to be read. */
  people: number;
  /** Milliseconds that the oldest has waited; 0 when none waits. */
  oldestMs: number;
}

/**
 * Pictures in the order in which they are looked at: urgent ones first, as they came; then one picture of each person in
 * turn, so that an album of ten does not make somebody else's single photo wait for all ten.
 */
export class FairQueue<T> {
  readonly #urgent: Waiting<T>[] = [];
  /** A Map keeps its order: the first person is the next one. */
  readonly #people = new Map<string, Waiting<T>[]>();
  #length = 0;
  #bytes = 0;

  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param whose the person; null for an urgent picture */
  add(one: Waiting<T>, whose: string | null): void {
    this.#length += 1;
    this.#bytes += one.bytes;
    if (whose === null) {
      this.#urgent.push(one);
      return;
    }
    const own = this.#people.get(whose);
    if (own) own.push(one);
    else this.#people.set(whose, [one]);
  }

  next(): Waiting<T> | undefined {
    const one = this.#urgent.shift() ?? this.#nextPerson();
    if (one) {
      this.#length -= 1;
      this.#bytes -= one.bytes;
    }
    return one;
  }

  #nextPerson(): Waiting<T> | undefined {
    const [first] = this.#people;
    if (!first) return undefined;
    const [whose, own] = first;
    const one = own.shift();
    this.#people.delete(whose);
    // To the end of the line.
    if (own.length > 0) this.#people.set(whose, own);
    return one;
  }

  load(now: number): Load {
    const heads = [this.#urgent[0], ...[...this.#people.values()].map((own) => own[0])];
    const since = heads.flatMap((head) => (head ? [head.since] : []));
    return {
      waiting: this.#length,
      people: this.#people.size,
      oldestMs: since.length === 0 ? 0 : Math.round(now - Math.min(...since)),
    };
  }
}
