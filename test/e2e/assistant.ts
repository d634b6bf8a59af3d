import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const HOME = resolve(import.meta.dirname, '../..');

/** A port that nobody listens at now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** The whole assistant as a process of its own, with a storage folder of its own. */
export class Assistant {
  readonly storage: string;
  #process: ChildProcess | null = null;
  #printed = '';
  /** Where it listens, without a trailing slash. */
  url = '';
  /** The first admin's link, printed while nobody can sign in. */
  setupLink: string | null = null;

  /** Settings beside the port and the storage folder. */
  readonly #settings: Readonly<Record<string, string>>;

  /** What starts it, such as `unshare`: a program and its arguments, or nothing. */
  readonly #starter: readonly string[];

  private constructor(
    storage: string,
    settings: Readonly<Record<string, string>>,
    starter: readonly string[],
  ) {
    this.storage = storage;
    this.#settings = settings;
    this.#starter = starter;
  }

  /**
   * Starts one that has nothing stored yet. End it with `remove`.
   * @param settings its environment; with a PUBLIC_URL it is still reached at `url`, as by a proxy
   */
  static async begin(
    settings: Readonly<Record<string, string>> = {},
    starter: readonly string[] = [],
  ): Promise<Assistant> {
    const storage = await mkdtemp(join(tmpdir(), 'assistant-'));
    const assistant = new Assistant(storage, settings, starter);
    if (settings.PUBLIC_URL) assistant.url = `http://127.0.0.1:${await freePort()}`;
    await assistant.start();
    return assistant;
  }

  get alive(): boolean {
    const child = this.#process;
    return child !== null && child.exitCode === null && child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
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
    const [program = '', ...args] = [...this.#starter, process.execPath, ...preload, 'src/main.ts'];
    const child = spawn(program, args, {
      cwd: HOME,
      env: {
        PATH: process.env.PATH ?? '',
        PORT: port,
        STORAGE_DIR: this.storage,
        ...this.#settings,
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
        const url = /The chat is at (https?:\/\/[^\s/"]+)/.exec(own)?.[1];
        if (url && !this.#settings.PUBLIC_URL) this.url = url;
        this.setupLink = /https?:\/\/\S+\/desk\/setup#\S+/.exec(own)?.[0] ?? this.setupLink;
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

  /** Stands still with all its connections, as a machine that is being moved, until it goes on. */
  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
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
