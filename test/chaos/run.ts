import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BotServer } from '../channels/telegram/bot-api/bot-server.ts';
import { Assistant } from '../e2e/assistant.ts';
import { seeded } from '../pictures/random.ts';
import type { CrashPoint } from './crash-at.ts';
import { broken, type Held, type Witness } from './invariants.ts';
import { type Installer, journey } from './journey.ts';
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
  /** Lives that end by a crash; the last one goes on to the end. */
  ends: readonly End[];
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

/** Serials of the three shapes in turn, no two alike. */
function serialOf(index: number): string {
  const digits = String(10_000_000 + index);
  return [`D${digits}`, `1${digits}`, `AD${digits.slice(1)}`][index % 3] ?? digits;
}

/** Holds scripted conversations with an assistant that is killed again and again. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, conversations, together, ends, say = () => {} } = options;
  const random = seeded(seed);
  const { channel = 'web' } = options;
  const telegram = channel === 'web' ? null : await BotServer.start();
  const assistant = await Assistant.begin({
    ...(telegram ? { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root } : {}),
    ...(channel === 'telegramWebhook' ? { PUBLIC_URL } : {}),
  });
  telegram?.updates.addresses.set(PUBLIC_URL, assistant.url);
  const database = join(assistant.storage, 'unbinding.db');
  const again = () => random() < 0.15;
  const where = () => assistant.url;
  const state = { done: false, crashes: 0 };
  const dying = die(assistant, ends, state, say);
  const agent = new ScriptedAgent(where);
  const held: Held[] = [];
  try {
    await agent.setUp(() => assistant.setupLink);
    let next = 0;
    const lane = async () => {
      for (let index = next++; index < conversations; index = next++) {
        const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
        const installer: Installer & Witness = telegram
          ? new TelegramInstaller(telegram, database, again)
          : new ScriptedInstaller(where, address, again);
        const serial = serialOf(index);
        await journey(installer, agent, serial);
        held.push({ serial, installer });
      }
    };
    await Promise.all(Array.from({ length: together }, lane));
    state.done = true;
    await dying;
    // Deliveries are written down with the next commit, 50 ms later at most.
    await sleep(300);
    const acknowledged = held.reduce((sum, one) => sum + one.installer.acknowledged.length, 0);
    const found = await broken(database, held);
    return { crashes: state.crashes, acknowledged, broken: found };
  } finally {
    state.done = true;
    await dying.catch(() => undefined);
    await assistant.remove();
    await telegram?.stop();
  }
}

/** Lives through the planned ends, one after the other, and then on. */
async function die(
  assistant: Assistant,
  ends: readonly End[],
  state: { done: boolean; crashes: number },
  say: (line: string) => void,
): Promise<void> {
  await assistant.stop();
  for (const end of ends) {
    if (state.done) break;
    const crashAt = 'point' in end ? `${end.point}:${end.nth}` : undefined;
    // A crash may come before it listens.
    await assistant.start(crashAt).catch(() => undefined);
    if ('afterMs' in end) await sleep(end.afterMs);
    else await Promise.race([assistant.ended, until(() => state.done)]);
    if (state.done) break;
    await assistant.kill();
    state.crashes += 1;
    say(
      `crash ${state.crashes}: ${'point' in end ? `${end.point} ${end.nth}` : `${end.afterMs} ms`}`,
    );
  }
  if (!assistant.alive) await assistant.start();
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(50);
}
