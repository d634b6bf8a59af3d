import type { Logger } from 'pino';
import type { PhotoQueue, PhotoReader, PictureDrawer, Place, Read, Tidied } from './contract.ts';
import { BUDGET, INTAKE, PROCESS } from './plan.ts';
import type { Answer, Job } from './protocol.ts';
import { FairQueue, type Load } from './queue.ts';
import { type ChildLimits, ReaderChild } from './reader-child.ts';

export interface ReaderLimits extends ChildLimits {
  /** Work on a picture after which readers stop, and time on the wall. */
  softMs: number;
  wallMs: number;
  /** Pictures after which the process is replaced. */
  pictures: number;
  /** Waiting jobs, and their bytes in all. */
  queue: number;
  queueBytes: number;
  waitMs: number;
}

const LIMITS: ReaderLimits = {
  softMs: BUDGET.soft,
  wallMs: BUDGET.wall,
  hardMs: BUDGET.hard,
  startMs: BUDGET.start,
  memoryBytes: PROCESS.memoryBytes,
  memoryEveryMs: PROCESS.memoryEveryMs,
  dataBytes: PROCESS.dataBytes,
  pictures: PROCESS.pictures,
  queue: PROCESS.queue,
  queueBytes: PROCESS.queueBytes,
  waitMs: PROCESS.waitMs,
};

interface Task {
  job: Job;
  settle: (answer: Answer | null) => void;
}

/** Pictures that nobody claimed take turns as one person. */
const NOBODY = '';

/** A photo reader whose process can be seen, for health and for tests. */
export interface PhotoReaderProcess extends PhotoReader, PictureDrawer, PhotoQueue {
  /** Process id of the present child; null between two lives. */
  pid(): number | null;
}

/**
 * Starts the reading process. One picture at a time: keeping and outlining go first, as they came; then one picture of
 * each person in turn. A killed or dead process is replaced at once, unless it never had work: then the next picture tries again.
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
  readonly #queue = new FairQueue<Task>();
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

  load(): Load {
    return this.#queue.load(performance.now());
  }

  async read(bytes: Uint8Array, claim: string | null, whose: string = NOBODY): Promise<Read> {
    // Refused here as well, so that no large file waits, or is copied, for its refusal.
    if (bytes.length > INTAKE.maxBytes) return { reading: { outcome: 'refused', why: 'tooLarge' } };
    const { softMs, wallMs } = this.#limits;
    const job = { kind: 'read', id: ++this.#lastId, bytes, claim, softMs, wallMs } as const;
    const answer = await this.#enqueue(job, whose);
    return answer?.kind === 'read' ? answer.read : { reading: { outcome: 'failed' } };
  }

  tidy(bytes: Uint8Array): Promise<Tidied> {
    return this.#draw({ kind: 'tidy', id: ++this.#lastId, bytes }, null);
  }

  outline(bytes: Uint8Array, places: readonly Place[]): Promise<Tidied> {
    return this.#draw({ kind: 'outline', id: ++this.#lastId, bytes, places: [...places] }, null);
  }

  mask(bytes: Uint8Array, whose: string = NOBODY): Promise<Tidied> {
    const { softMs, wallMs } = this.#limits;
    return this.#draw({ kind: 'mask', id: ++this.#lastId, bytes, softMs, wallMs }, whose);
  }

  /** Ends the process; what is waiting or under way is answered as failed. */
  async close(): Promise<void> {
    this.#closed = true;
    for (let next = this.#queue.next(); next; next = this.#queue.next()) next.job.settle(null);
    const child = this.#child;
    child?.end('closed');
    await child?.ended;
  }

  async #draw(job: Job, whose: string | null): Promise<Tidied> {
    if (job.bytes.length > INTAKE.maxBytes) return { refused: 'tooLarge' };
    const answer = await this.#enqueue(job, whose);
    return answer?.kind === 'tidied' ? answer.tidied : { failed: true };
  }

  #enqueue(job: Job, whose: string | null): Promise<Answer | null> {
    const { queue, queueBytes } = this.#limits;
    const bytes = job.bytes.length;
    const full = this.#queue.length >= queue || this.#queue.bytes + bytes > queueBytes;
    if (this.#closed || full) {
      if (full) this.#log.warn(this.load(), 'photo reader: queue is full');
      return Promise.resolve(null);
    }
    return new Promise((settle) => {
      this.#queue.add({ job: { job, settle }, bytes, since: performance.now() }, whose);
      void this.#pump();
    });
  }

  /** Invariant: at most one pump runs, so the child has at most one job. */
  async #pump(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#queue.next(); next; next = this.#queue.next()) {
      const { job, settle } = next.job;
      const tooLate = performance.now() - next.since > this.#limits.waitMs;
      settle(tooLate ? null : await this.#perform(job));
    }
    this.#busy = false;
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
