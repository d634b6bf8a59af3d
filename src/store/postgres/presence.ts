import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Hint, Store } from '../contract.ts';
import { HINTS_CHANNEL, HintPosts, hintsIn } from './hint-posts.ts';
import { createClient, type Times } from './pool.ts';

/** News within this time share a notification. */
const GATHER_MS = 50;
/** While notifications cannot be heard, how often the store is asked for news. */
const POLL_MS = 1_000;
const CHANNEL = 'unbinding_news';
/** Ids in one notification: its text may have 8000 bytes. */
const IDS_AT_A_TIME = 150;

/**
 * This process among those that share the database, on a connection of its own: it beats, so that
 * others know that it lives, and tells and hears which conversations have news. Never within a
 * turn's transaction: notifications make commits wait for one another.
 *
 * A connection that breaks is made anew. Until then the store is asked every second instead.
 */
export class Presence {
  /** This process, in the tables. */
  readonly holder = randomUUID();
  readonly #url: string;
  readonly #times: Times;
  readonly #listeners = new Set<(conversationId: string) => void>();
  readonly #news = new Set<string>();
  readonly #hintListeners = new Set<(hint: Hint) => void>();
  readonly #hints = new HintPosts();
  readonly #changedSince: (at: number) => Promise<string[]>;
  #client: Client | null = null;
  #beating: NodeJS.Timeout | null = null;
  #telling: NodeJS.Timeout | null = null;
  #again: NodeJS.Timeout | null = null;
  #polling: NodeJS.Timeout | null = null;
  /** When what came was last heard, by this clock. */
  #heardUntil = Date.now();
  #closed = false;
  /** The statement that was asked last. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param changedSince conversations that changed at or after a time */
  constructor(url: string, times: Times, changedSince: (at: number) => Promise<string[]>) {
    this.#url = url;
    this.#times = times;
    this.#changedSince = changedSince;
  }

  /** @throws what the driver throws when there is no connection */
  async open(): Promise<void> {
    const client = createClient(this.#url, this.#times);
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    client.on('notification', ({ channel, payload = '' }) => {
      if (channel === HINTS_CHANNEL) this.#hearHints(payload);
      else this.#hear(payload);
    });
    this.#client = client;
    this.#last = Promise.resolve();
    try {
      await client.connect();
      await this.#ask(client, `listen ${CHANNEL}`, []);
      await this.#ask(client, `listen ${HINTS_CHANNEL}`, []);
      await this.#beat(client);
    } catch (error) {
      this.#client = null;
      await client.end().catch(() => undefined);
      throw error;
    }
    this.#beating = setInterval(() => {
      this.#beat(client).catch(() => this.#lose(client));
    }, this.#times.beat);
    if (this.#polling) clearInterval(this.#polling);
    this.#polling = null;
    if (this.#news.size > 0) this.#tellSoon();
  }

  /** Tells the others, with what else there is within a moment. */
  tell(conversationId: string): void {
    this.#news.add(conversationId);
    this.#tellSoon();
  }

  hear(listener: (conversationId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells the others at once, with what else there is; without a connection nobody is told. */
  tellHint(hint: Hint): void {
    if (!this.#client) return;
    this.#hints.add(hint);
    this.#tellSoon();
  }

  hearHints(listener: (hint: Hint) => void): () => void {
    this.#hintListeners.add(listener);
    return () => void this.#hintListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of [this.#beating, this.#polling]) if (timer) clearInterval(timer);
    for (const timer of [this.#telling, this.#again]) if (timer) clearTimeout(timer);
    const client = this.#client;
    this.#client = null;
    if (!client) return;
    await this.#ask(client, 'delete from processes where holder = $1', [this.holder]).catch(
      () => undefined,
    );
    await client.end().catch(() => undefined);
  }

  async #beat(client: Client): Promise<void> {
    await this.#ask(
      client,
      `insert into processes (holder, alive_until, backend, backend_since)
       select $1, clock_timestamp() + $2 * interval '1 millisecond', pid, backend_start
       from pg_stat_activity where pid = pg_backend_pid()
       on conflict (holder) do update set alive_until = excluded.alive_until,
         backend = excluded.backend, backend_since = excluded.backend_since`,
      [this.holder, this.#times.lives],
    );
    this.#heardUntil = Date.now();
  }

  #tellSoon(): void {
    this.#telling ??= setTimeout(() => void this.#tellNow(), GATHER_MS);
  }

  /** What cannot be told now is told by the next connection. */
  async #tellNow(): Promise<void> {
    this.#telling = null;
    const client = this.#client;
    if (!client) return;
    const ids = [...this.#news];
    this.#news.clear();
    const posts: [channel: string, payload: string][] = [];
    for (let from = 0; from < ids.length; from += IDS_AT_A_TIME) {
      const payload = [this.holder, ...ids.slice(from, from + IDS_AT_A_TIME)].join(' ');
      posts.push([CHANNEL, payload]);
    }
    for (const payload of this.#hints.take(this.holder)) posts.push([HINTS_CHANNEL, payload]);
    const sql =
      'select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) as post (channel, payload)';
    const values = [posts.map(([channel]) => channel), posts.map(([, payload]) => payload)];
    try {
      await this.#ask(client, sql, values);
    } catch {
      for (const id of ids) this.#news.add(id);
      this.#lose(client);
    }
  }

  /** One statement after the other: the connection takes no second one while it has one. */
  #ask(client: Client, sql: string, values: unknown[]): Promise<unknown> {
    const asked = this.#last.then(() => client.query(sql, values));
    this.#last = asked.catch(() => undefined);
    return asked;
  }

  #hear(payload: string): void {
    const [from, ...ids] = payload.split(' ');
    if (from === this.holder) return;
    for (const id of ids) this.#announce(id);
  }

  #hearHints(payload: string): void {
    for (const hint of hintsIn(payload, this.holder)) {
      for (const listener of this.#hintListeners) listener(hint);
    }
  }

  #announce(conversationId: string): void {
    for (const listener of this.#listeners) listener(conversationId);
  }

  #lose(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    if (this.#beating) clearInterval(this.#beating);
    this.#beating = null;
    void client.end().catch(() => undefined);
    if (this.#closed) return;
    this.#polling ??= setInterval(() => void this.#poll(), POLL_MS);
    this.#retry();
  }

  #retry(): void {
    if (this.#closed) return;
    this.#again = setTimeout(() => {
      // What was missed is found by one more look.
      this.open().then(
        () => this.#poll(),
        () => this.#retry(),
      );
    }, POLL_MS);
  }

  /** A page that is told too often looks once too often; one that is told too rarely shows old news. */
  async #poll(): Promise<void> {
    const since = this.#heardUntil - 2 * POLL_MS;
    const at = Date.now();
    const ids = await this.#changedSince(since).catch(() => null);
    if (ids === null) return;
    this.#heardUntil = at;
    for (const id of ids) this.#announce(id);
  }
}

/** What of the contract is about the other processes. */
export function createNews(
  presence: Presence,
): Pick<Store, 'tellNews' | 'hearNews' | 'tellHint' | 'hearHints'> {
  return {
    async tellNews(conversationId) {
      presence.tell(conversationId);
    },
    async hearNews(listener) {
      return presence.hear(listener);
    },
    async tellHint(hint) {
      presence.tellHint(hint);
    },
    async hearHints(listener) {
      return presence.hearHints(listener);
    },
  };
}
