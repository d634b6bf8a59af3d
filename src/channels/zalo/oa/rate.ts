/** What Zalo allows an app a minute where its headers do not say otherwise. */
const LIMIT = 4000;
const MINUTE_MS = 60_000;

/** Requests of this minute, by our own count and by what the headers of answers say. */
export class Rate {
  #limit = LIMIT;
  #minute = 0;
  #count = 0;
  #closedUntil = 0;

  /** When the next request may go: null = now, and it is counted; else not before that time. */
  take(now: number): number | null {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#count = 0;
    }
    if (now < this.#closedUntil) return this.#closedUntil;
    if (this.#count >= this.#limit) return (minute + 1) * MINUTE_MS;
    this.#count += 1;
    return null;
  }

  /** Hears the headers of an answer. Other processes and other programs use up the same limit. */
  hear(headers: Headers, now: number): void {
    const limit = numberIn(headers.get('x-ratelimit-limit'));
    if (limit !== null && limit > 0) this.#limit = limit;
    if (numberIn(headers.get('x-ratelimit-remain')) !== 0) return;
    this.#closedUntil = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
  }
}

function numberIn(header: string | null): number | null {
  return header !== null && /^\d{1,9}$/.test(header.trim()) ? Number(header) : null;
}
