import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { watchMemory } from './memory.ts';
import { type Answer, AnswerSchema, type Job } from './protocol.ts';

/** Why a reading process came to its end, for the log. */
export type EndReason = 'slow' | 'memory' | 'start' | 'protocol' | 'closed' | 'recycled' | 'died';

export interface ChildLimits {
  startMs: number;
  hardMs: number;
  memoryBytes: number;
  memoryEveryMs: number;
  /** Most writable memory that the system gives the process; Linux only. */
  dataBytes: number;
}

/**
 * What the child may do: read its own code, load sharp's library, and nothing else: no writing, no processes, no
 * threads of its own making. The heap is bounded beside the watch on the whole process.
 */
const NODE_OPTIONS = [
  '--permission',
  '--allow-fs-read=*',
  '--allow-addons',
  '--max-old-space-size=512',
  '--disable-warning=SecurityWarning',
];

/** Nothing of the parent's environment but what Windows needs to load a library. */
function environment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  // glibc keeps an arena per thread; two are enough and keep the resident size near what is in use. Giving large pieces
  // back at once would halve that size, and cost the networks more time in the system than they compute.
  return { MALLOC_ARENA_MAX: '2', ...(SystemRoot === undefined ? {} : { SystemRoot }) };
}

/**
 * On Linux a shell sets RLIMIT_DATA and becomes Node, so that one wild allocation fails inside the process instead of
 * taking the machine before anybody looks. Not an address-space limit: WebAssembly reserves gigabytes that it never uses.
 */
function start(module: URL, { dataBytes }: ChildLimits): ChildProcess {
  const limited = process.platform === 'linux';
  const script = `ulimit -d ${Math.round(dataBytes / 1024)} 2>/dev/null; exec "$@"`;
  const child = fork(fileURLToPath(module), [], {
    env: environment(),
    ...(limited ? { execPath: '/bin/sh' } : {}),
    execArgv: limited ? ['-c', script, 'sh', process.execPath, ...NODE_OPTIONS] : NODE_OPTIONS,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Reading may wait for a core, a chat may not.
  try {
    if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Gone already, or not allowed: it reads at the usual priority.
  }
  return child;
}

/** One life of the reading process. Takes one job at a time. Ends once and stays ended. */
export class ReaderChild {
  readonly #process: ChildProcess;
  readonly #limits: ChildLimits;
  readonly #ready: Promise<boolean>;
  readonly #onParentExit = () => this.#process.kill('SIGKILL');
  #settleReady: (ready: boolean) => void = () => {};
  #waiting: { id: number; settle: (answer: Answer | null) => void } | null = null;
  #reason: EndReason | null = null;
  #tookJob = false;
  /** Resolves with the reason when the process is gone. */
  readonly ended: Promise<EndReason>;

  constructor(module: URL, limits: ChildLimits) {
    this.#limits = limits;
    this.#process = start(module, limits);
    this.#ready = new Promise((resolve) => {
      this.#settleReady = resolve;
    });
    this.ended = new Promise((resolve) => {
      const over = () => {
        this.#reason ??= 'died';
        this.#settle(null);
        this.#settleReady(false);
        process.off('exit', this.#onParentExit);
        resolve(this.#reason);
      };
      this.#process.once('exit', over);
      this.#process.once('error', () => {
        // Not started at all, or not reachable: there may be no exit to come.
        this.end('died');
        over();
      });
    });
    this.#process.on('message', (message) => this.#take(message));
    // The channel's end tells the child when the parent is killed; this covers an orderly exit under a busy child.
    process.once('exit', this.#onParentExit);
  }

  /** Undefined when the process could not be started. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Whether the process came up and was ever given work. */
  get tookJob(): boolean {
    return this.#tookJob;
  }

  /**
   * Has one job done. The clock starts when the process is ready.
   *
   * @returns null when the process died, was killed for time or memory, or broke the protocol: it is ended then
   */
  async ask(job: Job): Promise<Answer | null> {
    const starting = setTimeout(() => this.end('start'), this.#limits.startMs);
    const ready = await this.#ready;
    clearTimeout(starting);
    const { pid } = this;
    if (!ready || pid === undefined || this.#reason) return null;
    this.#tookJob = true;
    const { memoryBytes, memoryEveryMs, hardMs } = this.#limits;
    const unwatch = watchMemory(pid, memoryBytes, memoryEveryMs, () => this.end('memory'));
    const tooSlow = setTimeout(() => this.end('slow'), hardMs);
    const answer = await new Promise<Answer | null>((settle) => {
      this.#waiting = { id: job.id, settle };
      this.#process.send(job, (error) => {
        if (error) this.end('died');
      });
    });
    unwatch();
    clearTimeout(tooSlow);
    return answer;
  }

  /** Kills the process, whatever it does. The first reason stays. */
  end(reason: EndReason): void {
    this.#reason ??= reason;
    this.#process.kill('SIGKILL');
  }

  #take(message: unknown): void {
    const parsed = AnswerSchema.safeParse(message);
    if (parsed.data?.kind === 'ready') this.#settleReady(true);
    else if (parsed.data && parsed.data.id === this.#waiting?.id) this.#settle(parsed.data);
    else this.end('protocol');
  }

  #settle(answer: Answer | null): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.settle(answer);
  }
}
