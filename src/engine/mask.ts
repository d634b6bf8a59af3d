import type { Logger } from 'pino';
import type { PictureDrawer } from '../evidence/contract.ts';
import type { Store } from '../store/contract.ts';

/** Masks take turns with the persons whose photos wait to be read, as one of them. */
const WHOSE = 'masks';
/** After a failure nothing is tried for so long: a picture that ends the process would end it all day. */
const REST_MS = 60_000;
/** Copies that are made ahead of anybody's look. */
const MOST_AHEAD = 200;
const MOST_FAILURES = 1000;

export interface MaskerOptions {
  store: Pick<Store, 'getBlob' | 'getMaskedBlob' | 'putMaskedBlob'>;
  drawer: Pick<PictureDrawer, 'mask'>;
  log: Pick<Logger, 'warn'>;
  now: () => number;
}

/** A photo with its secrets covered, or what has become of the wish for one. */
export type Masked =
  | { as: 'ready'; bytes: Uint8Array; mime: string }
  | { as: 'making' }
  | { as: 'failed' };

/**
 * Masked copies of photos. Finding what must be covered costs a reading, so that each copy is made
 * once, kept beside its photo, and never waited for: who asks too early asks again.
 */
export class Masker {
  readonly #options: MaskerOptions;
  /** Blob ids in the order of their turns; those that somebody looks at come first. */
  readonly #asked = new Set<string>();
  readonly #ahead = new Set<string>();
  /** When a photo's copy could not be made, oldest first. */
  readonly #failed = new Map<string, number>();
  #making: string | null = null;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: MaskerOptions) {
    this.#options = options;
  }

  /** The masked copy; where there is none, begins to make it. */
  async masked(blobId: string): Promise<Masked> {
    const kept = await this.#options.store.getMaskedBlob(blobId);
    if (kept) return { as: 'ready', ...kept };
    if (this.#isResting(blobId)) return { as: 'failed' };
    if (this.#making !== blobId) {
      this.#ahead.delete(blobId);
      this.#asked.add(blobId);
    }
    this.#begin();
    return { as: 'making' };
  }

  /** Makes copies ahead of the first look, when nothing is looked at. */
  prepare(blobIds: readonly string[]): void {
    for (const blobId of blobIds) {
      if (this.#ahead.size < MOST_AHEAD && !this.#asked.has(blobId)) this.#ahead.add(blobId);
    }
    this.#begin();
  }

  /** Begins no more, and resolves when the copy under way is kept or given up. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#work;
  }

  #isResting(blobId: string): boolean {
    const failedAt = this.#failed.get(blobId);
    return failedAt !== undefined && this.#options.now() - failedAt < REST_MS;
  }

  #next(): string | undefined {
    for (const line of [this.#asked, this.#ahead]) {
      const [blobId] = line;
      if (blobId === undefined) continue;
      line.delete(blobId);
      return blobId;
    }
    return undefined;
  }

  /** Invariant: one copy is made at a time, so that masks never fill the reader's queue. */
  #begin(): void {
    if (this.#making !== null || this.#closed) return;
    const blobId = this.#next();
    if (blobId === undefined) return;
    this.#making = blobId;
    this.#work = this.#make(blobId)
      .catch((error: unknown) => {
        this.#fail(blobId);
        this.#options.log.warn({ err: error }, 'a masked photo could not be kept');
      })
      .finally(() => {
        this.#making = null;
        this.#begin();
      });
  }

  async #make(blobId: string): Promise<void> {
    const { store, drawer, log } = this.#options;
    if (this.#isResting(blobId) || (await store.getMaskedBlob(blobId))) return;
    const blob = await store.getBlob(blobId);
    if (!blob) return;
    const drawn = await drawer.mask(blob.bytes, WHOSE);
    if ('bytes' in drawn) {
      await store.putMaskedBlob(blobId, drawn.bytes, drawn.mime);
      this.#failed.delete(blobId);
      return;
    }
    // The drawer ends with the process; the copy is made when somebody looks.
    if (this.#closed) return;
    this.#fail(blobId);
    log.warn({ why: 'refused' in drawn ? drawn.refused : 'failed' }, 'a photo was not masked');
  }

  #fail(blobId: string): void {
    this.#failed.delete(blobId);
    this.#failed.set(blobId, this.#options.now());
    const [oldest] = this.#failed.keys();
    if (this.#failed.size > MOST_FAILURES && oldest !== undefined) this.#failed.delete(oldest);
  }
}
