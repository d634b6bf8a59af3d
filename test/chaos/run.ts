import { setTimeout as sleep } from 'node:timers/promises';
import { ReferenceServer, SECRET } from '../cases/reference-server.ts';
import { BotServer } from '../channels/telegram/bot-api/bot-server.ts';
import type { Assistant } from '../e2e/assistant.ts';
import { seeded } from '../pictures/random.ts';
import type { PostgresServer } from '../postgres/server.ts';
import { AnotherOffice } from './another-office.ts';
import type { CrashPoint } from './crash-points.ts';
import { type Fleet, postgresFleet, sqliteFleet } from './fleet.ts';
import { broken, type Held, UNDER_WAY_MS, type Witness } from './invariants.ts';
import { type Decider, type Installer, journey } from './journey.ts';
import { luckOf } from './luck.ts';
import { ScriptedAgent } from './scripted-agent.ts';
import { ScriptedInstaller } from './scripted-installer.ts';
import { TelegramInstaller } from './telegram-installer.ts';

/** How one life of the assistant ends: at the n-th passing of a point, or after so many milliseconds. */
export type End = { point: CrashPoint; nth: number } | { afterMs: number };

export interface ChaosOptions {
  seed: number;
  /** Where the conversations are held; the web chat by default. */
  channel?: 'web' | 'telegram' | 'telegramWebhook';
  conversations: number;
  /** Conversations at a time. */
  together: number;
  /** Lives that end by a crash, each of whichever process is next; the last ones go on to the end. */
  ends: Iterable<End>;
  engine?: 'sqlite' | 'postgres';
  /** Whether cases go to a server of their own, and are decided there. */
  elsewhere?: boolean;
  /** With PostgreSQL: processes over it; each request goes to any of them. */
  processes?: number;
  /** With PostgreSQL: how long the server lives, each time. */
  serverEndsMs?: Iterable<number>;
  say?: (line: string) => void;
}

export interface ChaosResult {
  /** Crashes that happened; fewer than planned when the work was done before. */
  crashes: number;
  acknowledged: number;
  broken: string[];
}

/** Where the assistant is for Telegram, with a webhook. */
const PUBLIC_URL = 'https://assistant.example.vn';

interface State {
  done: boolean;
  crashes: number;
}

/** How long after the last message effects may still be under way: a dead process' are taken over. */
const SETTLED_WITHIN_MS = 20_000;

/** Serials of the three shapes in turn, no two alike. */
function serialOf(index: number): string {
  const digits = String(10_000_000 + index);
  return [`D${digits}`, `1${digits}`, `AD${digits.slice(1)}`][index % 3] ?? digits;
}

/** Holds scripted conversations with an assistant that is killed again and again. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, conversations, together, ends, say = () => {} } = options;
  const { engine = 'sqlite', processes = 1, serverEndsMs = [] } = options;
  const random = seeded(seed);
  const { channel = 'web' } = options;
  const telegram = channel === 'web' ? null : await BotServer.start();
  const office = options.elsewhere ? await ReferenceServer.start() : null;
  const settings: Record<string, string> = {
    ...(office ? { CASE_BACKEND_URL: office.url, CASE_BACKEND_SECRET: SECRET } : {}),
    ...(telegram ? { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root } : {}),
    ...(channel === 'telegramWebhook' ? { PUBLIC_URL } : {}),
  };
  const fleet =
    engine === 'sqlite' ? await sqliteFleet(settings) : await postgresFleet(processes, settings);
  const [first] = fleet.processes;
  const where = () => {
    const any = Math.floor(random() * fleet.processes.length);
    return fleet.processes[any]?.url ?? '';
  };
  telegram?.updates.addresses.set(PUBLIC_URL, where);
  const luck = luckOf(random);
  const state = { done: false, crashes: 0 };
  const each = ends[Symbol.iterator]();
  const dying = fleet.processes.map((assistant) => die(assistant, each, state, say));
  if (fleet.server) dying.push(fall(fleet.server, serverEndsMs, state, say));
  const agent = new ScriptedAgent(where);
  if (office) office.webhooks = where;
  const decider: Decider = office ? new AnotherOffice(office, luck) : agent;
  const held: Held[] = [];
  const stuck: string[] = [];
  try {
    if (first) await agent.setUp(first);
    let next = 0;
    const lane = async () => {
      for (let index = next++; index < conversations; index = next++) {
        const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
        const installer: Installer & Witness = telegram
          ? new TelegramInstaller(telegram, fleet.look, luck)
          : new ScriptedInstaller(where, address, luck);
        const serial = serialOf(index);
        try {
          await journey(installer, decider, serial);
        } catch (error) {
          stuck.push(`${serial}: ${(error as Error).message}`);
        }
        held.push({ serial, installer });
      }
    };
    await Promise.all(Array.from({ length: together }, lane));
    state.done = true;
    await Promise.all(dying);
    await settled(fleet);
    await sleep(UNDER_WAY_MS);
    const acknowledged = held.reduce((sum, one) => sum + one.installer.acknowledged.length, 0);
    const found = await fleet.look((all) => broken(all, held));
    const twice = held.flatMap(({ serial }) => {
      const count = office?.bySerial(serial).length ?? 1;
      return count === 1 ? [] : [`${serial}: ${count} cases in the other office`];
    });
    return { crashes: state.crashes, acknowledged, broken: [...stuck, ...found, ...twice] };
  } finally {
    state.done = true;
    await Promise.allSettled(dying);
    await fleet.remove();
    await telegram?.stop();
    await office?.stop();
  }
}

/** Waits until nothing is under way, which ends are written down with the next commit. */
async function settled(fleet: Fleet): Promise<void> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  const left = () => fleet.look((all) => all("select effect_id from effects where state = 'due'"));
  while ((await left()).length > 0 && Date.now() < until) await sleep(100);
}

/** Lives through the planned ends, one after the other, and then on. */
async function die(
  assistant: Assistant,
  ends: Iterator<End>,
  state: State,
  say: (line: string) => void,
): Promise<void> {
  await assistant.stop();
  while (!state.done) {
    const { value: end, done } = ends.next();
    if (done) break;
    const crashAt = 'point' in end ? `${end.point}:${end.nth}` : undefined;
    // A crash may come before it listens.
    await assistant.start(crashAt).catch(() => undefined);
    const over = 'afterMs' in end ? sleep(end.afterMs) : assistant.ended;
    await Promise.race([over, until(() => state.done)]);
    if (state.done) break;
    await assistant.kill();
    state.crashes += 1;
    say(
      `crash ${state.crashes}: ${'point' in end ? `${end.point} ${end.nth}` : `${end.afterMs} ms`}`,
    );
  }
  // The server it needs may be down just now.
  while (!assistant.alive) await assistant.start().catch(() => sleep(200));
}

/** The same for PostgreSQL. */
async function fall(
  server: PostgresServer,
  endsMs: Iterable<number>,
  state: State,
  say: (line: string) => void,
): Promise<void> {
  for (const afterMs of endsMs) {
    await Promise.race([sleep(afterMs), until(() => state.done)]);
    if (state.done) return;
    await server.kill();
    state.crashes += 1;
    say(`crash ${state.crashes}: PostgreSQL after ${afterMs} ms`);
    await sleep(500);
    await server.start();
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(50);
}
