import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Assistant } from '../../e2e/assistant.ts';
import { whyNoPostgres } from '../../postgres/binaries.ts';
import { PostgresServer } from '../../postgres/server.ts';
import { BotServer } from './bot-api/bot-server.ts';
import { Person } from './person.ts';

/** One that stands still is taken for dead after 15 s; the rest is for a busy machine. */
const patience = { timeout: 45_000, interval: 50 };

describe.skipIf(whyNoPostgres() !== null)('of two processes over one PostgreSQL', () => {
  let database: PostgresServer;
  let telegram: BotServer;
  let url: string;
  const settings = () => ({
    DATABASE_URL: url,
    SECRET_KEY: key,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
  });
  const key = randomBytes(32).toString('base64');

  beforeAll(async () => {
    database = await PostgresServer.begin();
  });
  afterAll(() => database?.remove());

  /** The first one asks Telegram by the time the second one starts. */
  async function startBoth(): Promise<[Assistant, Assistant]> {
    url = await database.room();
    telegram = await BotServer.start();
    const first = await Assistant.begin(settings());
    onTestFinished(() => first.remove());
    await vi.waitFor(() => expect(polls()).toBeGreaterThan(0), patience);
    const second = await Assistant.begin(settings());
    onTestFinished(async () => {
      await second.remove();
      await telegram.stop();
    });
    return [first, second];
  }

  const polls = () => telegram.calls.filter(({ method }) => method === 'getUpdates').length;
  const allTaken = () => vi.waitFor(() => expect(telegram.updates.unconfirmed).toBe(0), patience);

  /** What this person was heard to say, in order. */
  async function heard({ chat }: Person): Promise<string[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query(
        `select shown from lines l join conversations c on c.id = l.conversation
         where author = 'installer' and c.chat_id = $1 order by l.id`,
        [String(chat.id)],
      );
      return rows.map(({ shown }) => JSON.parse(shown).text);
    } finally {
      await client.end();
    }
  }

  const writeAll = (people: Person[], texts: string[]) => {
    for (const text of texts) for (const person of people) person.writes(text);
  };

  it('one asks Telegram; after it is killed the other does, and nothing is lost or doubled', async () => {
    const [first, second] = await startBoth();
    const people = [new Person(telegram), new Person(telegram)];
    writeAll(people, ['một', 'hai']);
    await allTaken();
    expect(second.printed).not.toContain('Another program');

    writeAll(people, ['ba', 'bốn']);
    await first.kill();
    const killed = performance.now();
    writeAll(people, ['năm', 'sáu']);
    await allTaken();
    expect(performance.now() - killed).toBeLessThan(15_000);
    await vi.waitFor(async () => {
      for (const person of people) {
        expect(await heard(person)).toEqual(['một', 'hai', 'ba', 'bốn', 'năm', 'sáu']);
      }
    }, patience);
    expect(telegram.updates.conflicts).toBe(0);

    await first.start();
    await second.stop();
    writeAll(people, ['bảy']);
    await allTaken();
    expect((await heard(people[0] as Person)).at(-1)).toBe('bảy');
    expect(telegram.updates.conflicts).toBe(0);
    expect(first.printed + second.printed).not.toContain('Another program');
  }, 120_000);

  it('one that stood still past its lease comes back, confirms nothing that is not kept, and waits', async () => {
    const [first, second] = await startBoth();
    const person = new Person(telegram);
    writeAll([person], ['một']);
    await allTaken();

    first.pause();
    // Handed to the one that stands still, which cannot take it: it comes again to the other.
    writeAll([person], ['hai', 'ba']);
    await vi.waitFor(async () => {
      expect(await heard(person)).toEqual(['một', 'hai', 'ba']);
    }, patience);
    await allTaken();
    const before = telegram.updates.conflicts;
    first.resume();
    writeAll([person], ['bốn', 'năm']);
    await allTaken();
    await vi.waitFor(async () => {
      expect(await heard(person)).toEqual(['một', 'hai', 'ba', 'bốn', 'năm']);
    }, patience);

    // It is back when it answers again. Would it ask as well, the two would refuse each other.
    await vi.waitFor(
      async () => expect((await fetch(`${first.url}/readyz`)).status).toBe(200),
      patience,
    );
    writeAll([person], ['sáu']);
    await allTaken();
    expect(telegram.updates.conflicts - before).toBeLessThanOrEqual(1);
    expect(first.printed + second.printed).not.toContain('Another program');

    await second.kill();
    writeAll([person], ['bảy']);
    await allTaken();
    const all = ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy'];
    expect(await heard(person)).toEqual(all);
  }, 150_000);
});
