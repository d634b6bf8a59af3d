import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const HOME = resolve(import.meta.dirname, '../..');

/** The whole assistant as a process of its own, with a storage folder of its own. */
export class Assistant {
  readonly storage: string;
  #process: ChildProcess | null = null;
  #printed = '';
  /** Where it listens, without a trailing slash. */
  url = '';
  /** The first admin's link, printed while nobody can sign in. */
  setupLink: string | null = null;

  readonly #environment: Record<string, string>;

  private constructor(storage: string, environment: Record<string, string>) {
    this.storage = storage;
    this.#environment = environment;
  }

  /**
   * Starts one that has nothing stored yet. End it with `remove`.
   * @param environment settings beside port and storage folder
   */
  static async begin(environment: Record<string, string> = {}): Promise<Assistant> {
    const folder = await mkdtemp(join(tmpdir(), 'assistant-'));
    const assistant = new Assistant(folder, environment);
    await assistant.start();
    return assistant;
  }

  get alive(): boolean {
    const child = this.#process;
    return child !== null && child.exitCode === null && child.signalCode === null;
  }

  /** Everything it has printed in all its lives. */
  get printed(): string {
    return this.#printed;
  }

  /**
   * Starts it on the same storage, and on the same port once it had one.
   * @param crashAt ends this life at a point of test/chaos/crash-at.ts, such as `afterCommit:7`
   */
  async start(crashAt?: string): Promise<void> {
    const port = this.url ? new URL(this.url).port : '0';
    const preload = crashAt === undefined ? [] : ['--import', './test/chaos/crash-at.ts'];
    const child = spawn(process.execPath, [...preload, 'src/main.ts'], {
      cwd: HOME,
      env: {
        PATH: process.env.PATH ?? '',
        PORT: port,
        STORAGE_DIR: this.storage,
        ...this.#environment,
        ...(crashAt === undefined ? {} : { CRASH_AT: crashAt }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    let own = '';
    const ended = new Promise<never>((_, reject) => {
      child.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${own}`)));
    });
    const listening = new Promise<void>((done) => {
      const hear = (chunk: Buffer) => {
        own += chunk.toString();
        this.#printed += chunk.toString();
        const url = /The chat is at (http:\/\/[^\s/"]+)/.exec(own)?.[1];
        if (url) this.url = url;
        this.setupLink = /http:\/\/\S+\/desk\/setup#\S+/.exec(own)?.[0] ?? this.setupLink;
        // The link is printed once there is nobody yet; later lives need not print one.
        if (url && this.setupLink) done();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
    });
    this.ended = ended.catch(() => undefined);
    await Promise.race([listening, ended]);
  }

  /** Resolves when the present life is over. */
  ended: Promise<void> = Promise.resolve();

  /** As a power cut would: no signal handler runs. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As an operator would. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async remove(): Promise<void> {
    await this.#end('SIGKILL');
    await rm(this.storage, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
    child.kill(signal);
    return ended;
  }
}
