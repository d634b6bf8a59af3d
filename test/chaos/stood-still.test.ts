import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { BotServer } from '../channels/telegram/bot-api/bot-server.ts';
import { Person } from '../channels/telegram/person.ts';
import { Assistant } from '../e2e/assistant.ts';
import { whyNoPostgres } from '../postgres/binaries.ts';
import { PostgresServer } from '../postgres/server.ts';

/** Past the 15 s after which one that stands still is taken for dead. */
const patience = { timeout: 45_000, interval: 100 };

describe.skipIf(whyNoPostgres() !== null)('a process that stands still past its lease', () => {
  let database: PostgresServer;
  let telegram: BotServer;
  beforeAll(async () => {
    database = await PostgresServer.begin();
    telegram = await BotServer.start();
  });
  afterAll(async () => {
    await telegram?.stop();
    await database?.remove();
  });

  it('is replaced, and when it goes on, says again at most what it was just saying', async () => {
    const url = await database.room();
    const settings = {
      DATABASE_URL: url,
      SECRET_KEY: randomBytes(32).toString('base64'),
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
    };
    const first = await Assistant.begin(settings);
    onTestFinished(() => first.remove());
    const polls = () => telegram.calls.some(({ method }) => method === 'getUpdates');
    await vi.waitFor(() => expect(polls()).toBe(true), patience);
    const second = await Assistant.begin(settings);
    onTestFinished(() => second.remove());

    // It stops at the moment in which Telegram takes the first of several replies.
    const { calls } = telegram;
    const push = calls.push.bind(calls);
    let stopped = false;
    calls.push = (...entries) => {
      if (!stopped && entries.some(({ method }) => method === 'sendMessage')) {
        stopped = true;
        first.pause();
      }
      return push(...entries);
    };
    const person = new Person(telegram);
    person.writes('xin chào');
    await vi.waitFor(() => expect(stopped).toBe(true), patience);
    await vi.waitFor(async () => expect(await due(url)).toBe(0), patience);
    person.writes('trợ giúp');
    await vi.waitFor(() => expect(telegram.updates.unconfirmed).toBe(0), patience);
    await vi.waitFor(async () => expect(await due(url)).toBe(0), patience);
    first.resume();
    await vi.waitFor(
      async () => expect((await fetch(`${first.url}/readyz`)).status).toBe(200),
      patience,
    );
    // Both work on: whatever the first one still meant to say, it has said before this is answered.
    person.writes('trạng thái');
    await vi.waitFor(() => expect(telegram.updates.unconfirmed).toBe(0), patience);
    await first.stop();
    await vi.waitFor(async () => expect(await due(url)).toBe(0), patience);

    const lines = await linesOf(url);
    expect(lines.filter(({ author }) => author === 'installer')).toHaveLength(3);
    const replies = lines.filter(({ author }) => author === 'bot');
    expect(replies.length).toBeGreaterThan(3);
    expect(new Set(replies.map(({ delivery }) => delivery))).toEqual(new Set(['sent']));
    const said = person.chat.messages.filter(({ by }) => by === 'bot');
    expect(said.length - replies.length).toBeGreaterThanOrEqual(0);
    expect(said.length - replies.length).toBeLessThanOrEqual(1);
  }, 150_000);
});

async function ask(url: string, sql: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function due(url: string): Promise<number> {
  const [row] = await ask(url, `select count(*)::int as due from effects where state = 'due'`);
  return row?.due;
}

const linesOf = (url: string) => ask(url, 'select author, delivery from lines order by id');
