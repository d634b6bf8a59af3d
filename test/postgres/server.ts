import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, statSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { nativeFolder, servant } from './binaries.ts';

/** Whom the assistant is to the server: somebody who may do little, as with a provider. */
const USER = 'assistant';
const PATIENCE_MS = 30_000;

/** A real PostgreSQL, on a port and in a folder of its own. */
export class PostgresServer {
  readonly #folder: string;
  readonly #native: string;
  readonly #port: number;
  readonly #settings: Record<string, string>;
  #process: ChildProcess | null = null;
  #rooms = 0;

  private constructor(
    folder: string,
    native: string,
    port: number,
    settings: Record<string, string>,
  ) {
    this.#folder = folder;
    this.#native = native;
    this.#port = port;
    this.#settings = settings;
  }

  /**
   * Makes and starts one. End it with `remove`.
   * @param settings of its configuration, such as `max_connections`
   */
  static async begin(settings: Record<string, string> = {}): Promise<PostgresServer> {
    const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
    const { uid, gid } = servant();
    if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
    const native = reachable(folder);
    const server = new PostgresServer(folder, native, await freePort(), settings);
    await promisify(execFile)(
      join(native, 'bin', 'initdb'),
      [
        '-D',
        server.#data,
        '-U',
        'postgres',
        '-A',
        'trust',
        '-E',
        'UTF8',
        '--locale=C',
        '--no-sync',
      ],
      { ...servant(), cwd: folder },
    );
    await server.start();
    await server.#ask(`create role ${USER} login`);
    return server;
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  /** Makes a room with nothing in it, and answers its address: a schema, since databases cost time. */
  async room(): Promise<string> {
    this.#rooms += 1;
    const name = `room_${this.#rooms}`;
    await this.#ask(`create schema ${name} authorization ${USER}`);
    return `${this.#address(USER)}?options=${encodeURIComponent(`-c search_path=${name}`)}`;
  }

  #address(user: string): string {
    return `postgres://${user}@127.0.0.1:${this.#port}/postgres`;
  }

  async start(): Promise<void> {
    const settings = {
      listen_addresses: '127.0.0.1',
      port: String(this.#port),
      unix_socket_directories: '',
      // What a test kills is a process, never the machine: nothing need reach the disk.
      fsync: 'off',
      ...this.#settings,
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const program = join(this.#native, 'bin', 'postgres');
    const child = spawn(program, ['-D', this.#data, ...args], {
      ...servant(),
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
    const until = Date.now() + PATIENCE_MS;
    while (!(await this.#answers())) {
      if (child.exitCode !== null || Date.now() > until) {
        throw new Error(`PostgreSQL did not start:\n${said}`);
      }
    }
  }

  /** As a power cut would: the server and all its connections at once. */
  async kill(): Promise<void> {
    await this.#end('SIGQUIT');
  }

  /** Stands still with all its connections, until it is told to go on. */
  pause(): void {
    this.#tell('SIGSTOP');
  }

  resume(): void {
    this.#tell('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Each connection is a process of its own, and in a group of its own, below the first one. */
  #tell(signal: NodeJS.Signals): void {
    const first = this.#process?.pid;
    if (first === undefined) return;
    const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(first)], {
      encoding: 'utf8',
    });
    for (const pid of [first, ...listed.split('\n').filter(Boolean).map(Number)]) {
      try {
        process.kill(pid, signal);
      } catch {}
    }
  }

  async #answers(): Promise<boolean> {
    return this.#ask('select 1').then(
      () => true,
      () => new Promise((resolve) => setTimeout(resolve, 50, false)),
    );
  }

  async #ask(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.#address('postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(sql);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Where root keeps the project to itself, PostgreSQL's user runs a copy. */
function reachable(folder: string): string {
  const native = nativeFolder();
  if (native === null) throw new Error('There is no PostgreSQL for this machine.');
  if (servant().uid === undefined || openToAll(native)) return native;
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** Whether any user may read the folder and pass through those above it. */
function openToAll(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) return false;
    if (at === dirname(at)) return true;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
