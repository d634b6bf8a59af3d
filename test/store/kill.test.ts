import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/contract.ts';
import { makeSqlitePlace } from './place.ts';
import { DAY, decided, NOW, text } from './turns.ts';

const COMMITTER = fileURLToPath(new URL('./children/committer.ts', import.meta.url));
const CHATS = 7;
const BATCH = 16;

let place: Awaited<ReturnType<typeof makeSqlitePlace>>;
let child: ChildProcess | null = null;

beforeEach(async () => {
  place = await makeSqlitePlace();
});

afterEach(async () => {
  await kill();
  await place.remove();
});

/** Starts a process that commits until it is killed; its lines say what is committed. */
function start(name: string): Interface {
  const args = [COMMITTER, place.path, name, String(CHATS), String(BATCH)];
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('The child has no output.');
  return createInterface({ input: child.stdout });
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Kills the process once it has said that `commits` are committed; answers its last event. */
async function runAndKill(name: string, commits: number): Promise<number> {
  let last = -1;
  let said = 0;
  for await (const line of start(name)) {
    const range = /^\d+-(\d+)$/.exec(line);
    if (!range) continue;
    // What is said after the order to kill was committed all the same.
    last = Number(range[1]);
    said += 1;
    if (said === commits) child?.kill('SIGKILL');
  }
  await kill();
  return last;
}

/** How far a conversation counted its turns, and what it shows of them. */
async function look(store: Store, chatId: string) {
  let counter = 0;
  const [outcome] = await store.commit(
    [text(chatId)],
    (_, loaded) => {
      counter = loaded.conversation?.counter ?? 0;
      return decided(loaded);
    },
    [],
  );
  const lines = await store.transcript(outcome?.conversationId ?? '', 0, 1_000_000);
  return { counter, lines };
}

it('keeps whatever it acknowledged, whole, however often the process is killed', async () => {
  for (let round = 1; round <= 4; round += 1) {
    const name = `round${round}`;
    const last = await runAndKill(name, 5 + 11 * round);
    const store = await place.open();
    expect(await store.begin()).toEqual({ unclean: true });

    const again = Array.from({ length: last + 1 }, (_, index) => ({
      ...text(`chat-${index % CHATS}`),
      eventId: `${name}-${index}`,
    }));
    const outcomes = await store.commit(again, (_, loaded) => decided(loaded), []);
    expect(outcomes.filter(({ outcome }) => outcome === 'done')).toEqual([]);

    let due = 0;
    for (let chat = 0; chat < CHATS; chat += 1) {
      const { counter, lines } = await look(store, `chat-${chat}`);
      const heard = lines.filter(({ author }) => author === 'installer');
      const said = lines.filter(({ author }) => author === 'bot');
      const texts = heard.map(({ shown }) => shown.text);
      expect(heard).toHaveLength(counter);
      expect(said).toHaveLength(counter);
      expect(new Set(texts).size).toBe(counter);
      const mine = texts.flatMap((one) =>
        one.startsWith(name) ? [Number(one.split('-')[1])] : [],
      );
      expect(mine).toEqual(mine.toSorted((a, b) => a - b));
      expect(mine.length * CHATS).toBeGreaterThanOrEqual(last + 1 - CHATS);
      due += said.filter(({ delivery }) => delivery === 'due').length;
    }
    const waiting = await store.dueEffects(NOW + DAY, 1_000);
    expect(waiting).toHaveLength(due);
    expect(due).toBeGreaterThan(0);

    const settlements = waiting.map(({ effectId }) => ({ effectId, as: 'done' as const }));
    await store.commit([], (_, loaded) => decided(loaded), settlements);
    await store.close();
  }
}, 60_000);

it('refuses a second process on one file, and frees the file when the first is killed', async () => {
  for await (const line of start('first')) if (line === 'open') break;
  await expect(place.open()).rejects.toMatchObject({
    code: 'inUse',
    message: expect.stringContaining('Another assistant is running on'),
  });
  await kill();
  const store = await place.open();
  expect(await store.begin()).toEqual({ unclean: true });
  await store.close();
});
