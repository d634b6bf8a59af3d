/** Of many, those that were not taken for longest, so that each has its turn. */
export class ByTurns {
  /** When each was taken last, by a count of the taking. */
  readonly #taken = new Map<string, number>();
  #count = 0;

  next<T>(all: readonly T[], idOf: (one: T) => string, most: number): T[] {
    const ids = new Set(all.map(idOf));
    for (const id of this.#taken.keys()) if (!ids.has(id)) this.#taken.delete(id);
    const since = (one: T) => this.#taken.get(idOf(one)) ?? 0;
    return all.toSorted((one, other) => since(one) - since(other)).slice(0, most);
  }

  took(id: string): void {
    this.#count += 1;
    this.#taken.set(id, this.#count);
  }
}
