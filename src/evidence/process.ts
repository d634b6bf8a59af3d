import type { Logger } from 'pino';
import type { PhotoReader, Read, Tidied } from './contract.ts';
import { BUDGET, INTAKE, PROCESS } from './plan.ts';
import type { Answer, Job } from './protocol.ts';
import { type ChildLimits, ReaderChild } from './reader-child.ts';

export interface ReaderLimits extends ChildLimits {
  softMs: number;
  /** Pictures after which the process is replaced. */
  pictures: number;
  /** Waiting jobs, and their bytes in all. */
  queue: number;
  queueBytes: number;
  waitMs: number;
}

const LIMITS: ReaderLimits = {
  softMs: BUDGET.soft,
  hardMs: BUDGET.hard,
  startMs: BUDGET.start,
  memoryBytes: PROCESS.memoryBytes,
  memoryEveryMs: PROCESS.memoryEveryMs,
  pictures: PROCESS.pictures,
  queue: PROCESS.queue,
  queueBytes: PROCESS.queueBytes,
  waitMs: PROCESS.waitMs,
};

interface Waiting {
  job: Job;
  since: number;
  settle: (answer: Answer | null) => void;
}

/** A photo reader whose process can be seen, for health and for tests. */
export interface PhotoReaderProcess extends PhotoReader {
  /** Process id of the present child; null between two lives. */
  pid(): number | null;
}

/**
 * Starts the reading process. One picture at a time; keeping (`tidy`) goes before reading, each in order of arrival.
 * A killed or dead process is replaced at once, unless it never had work: then the next picture tries again.
 *
 * @param options.module the child's own module, replaced in tests only
 */
export function createPhotoReader(options: {
  log: Pick<Logger, 'info' | 'warn'>;
  limits?: Partial<ReaderLimits>;
  module?: URL;
}): PhotoReaderProcess {
  return new Reading(
    options.log,
    { ...LIMITS, ...options.limits },
    options.module ?? new URL('./child.ts', import.meta.url),
  );
}

class Reading implements PhotoReaderProcess {
  readonly #log: Pick<Logger, 'info' | 'warn'>;
  readonly #limits: ReaderLimits;
  readonly #module: URL;
  readonly #queues: { tidy: Waiting[]; read: Waiting[] } = { tidy: [], read: [] };
  #queuedBytes = 0;
  #child: ReaderChild | null = null;
  #pictures = 0;
  #lastId = 0;
  #busy = false;
  #closed = false;

  constructor(log: Pick<Logger, 'info' | 'warn'>, limits: ReaderLimits, module: URL) {
    this.#log = log;
    this.#limits = limits;
    this.#module = module;
    this.#child = this.#start();
  }

  pid(): number | null {
    return this.#child?.pid ?? null;
  }

  async read(bytes: Uint8Array, claim: string | null): Promise<Read> {
    // Refused here as well, so that no large file waits, or is copied, for its refusal.
    if (bytes.length > INTAKE.maxBytes) return { reading: { outcome: 'refused', why: 'tooLarge' } };
    const { softMs } = this.#limits;
    const answer = await this.#enqueue({ kind: 'read', id: ++this.#lastId, bytes, claim, softMs });
    return answer?.kind === 'read' ? answer.read : { reading: { outcome: 'failed' } };
  }

  async tidy(bytes: Uint8Array): Promise<Tidied> {
    if (bytes.length > INTAKE.maxBytes) return { refused: 'tooLarge' };
    const answer = await this.#enqueue({ kind: 'tidy', id: ++this.#lastId, bytes });
    return answer?.kind === 'tidied' ? answer.tidied : { failed: true };
  }

  /** Ends the process; what is waiting or under way is answered as failed. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of [...this.#queues.tidy.splice(0), ...this.#queues.read.splice(0)]) {
      waiting.settle(null);
    }
    this.#queuedBytes = 0;
    const child = this.#child;
    child?.end('closed');
    await child?.ended;
  }

  #enqueue(job: Job): Promise<Answer | null> {
    const { queue, queueBytes } = this.#limits;
    const length = this.#queues.tidy.length + this.#queues.read.length;
    const full = length >= queue || this.#queuedBytes + job.bytes.length > queueBytes;
    if (this.#closed || full) {
      if (full) this.#log.warn({ waiting: length }, 'photo reader: queue is full');
      return Promise.resolve(null);
    }
    return new Promise((settle) => {
      this.#queues[job.kind].push({ job, since: performance.now(), settle });
      this.#queuedBytes += job.bytes.length;
      void this.#pump();
    });
  }

  /** Invariant: at most one pump runs, so the child has at most one job. */
  async #pump(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#next(); next; next = this.#next()) {
      const tooLate = performance.now() - next.since > this.#limits.waitMs;
      next.settle(tooLate ? null : await this.#perform(next.job));
    }
    this.#busy = false;
  }

  #next(): Waiting | undefined {
    const next = this.#queues.tidy.shift() ?? this.#queues.read.shift();
    if (next) this.#queuedBytes -= next.job.bytes.length;
    return next;
  }

  async #perform(job: Job): Promise<Answer | null> {
    this.#child ??= this.#start();
    const child = this.#child;
    if (!child) return null;
    const answer = await child.ask(job);
    if (answer === null) {
      await child.ended;
    } else if (++this.#pictures >= this.#limits.pictures) {
      child.end('recycled');
      await child.ended;
    }
    return answer;
  }

  /** Null where the system gives no process (out of memory or of process ids). */
  #start(): ReaderChild | null {
    let child: ReaderChild;
    try {
      child = new ReaderChild(this.#module, this.#limits);
    } catch (cause) {
      this.#log.warn({ cause }, 'photo reader: process could not be started');
      return null;
    }
    this.#pictures = 0;
    void child.ended.then((reason) => {
      if (this.#child === child) this.#child = null;
      const expected = reason === 'closed' || reason === 'recycled';
      this.#log[expected ? 'info' : 'warn']({ reason }, 'photo reader: process ended');
      // Replaced ahead of the next picture, but never without a picture between two lives: a process that cannot live
      // would be started for ever.
      if (!this.#closed && child.tookJob) this.#child ??= this.#start();
    });
    return child;
  }
}
