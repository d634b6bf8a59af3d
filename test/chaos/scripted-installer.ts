import { randomUUID } from 'node:crypto';
import { type Line, LineSchema } from '../../src/channels/web/wire.ts';
import type { Luck } from './luck.ts';
import { ask, persist } from './patience.ts';

/** How long a stream is looked at before it is opened anew. */
const LOOKS_MS = 10_000;

/** What an installer did and had acknowledged, to be held against the store afterwards. */
export interface Acknowledged {
  chatId: string;
  /** The id that the store knows each message by, or its last part, and what it was. */
  messages: { id: string; what: string }[];
}

/** Where the assistant is now: it moves with each of its lives. */
export type Where = () => string;

/**
 * Somebody with a bad connection: repeats every message under its id until it is acknowledged, goes
 * away before some answers, and now and then a copy comes although it was, even after later messages.
 */
export class ScriptedInstaller {
  readonly acknowledged: Acknowledged['messages'] = [];
  readonly #where: Where;
  readonly #address: string;
  readonly #luck: Luck;
  /** Copies that come after what is sent next. */
  readonly #late: (() => Promise<void>)[] = [];
  #cookie = '';

  /**
   * @param address what the assistant sees as this person's address; limits count by it
   */
  constructor(where: Where, address: string, luck: Luck) {
    this.#where = where;
    this.#address = address;
    this.#luck = luck;
  }

  async open(): Promise<void> {
    await persist('opening the chat', async () => {
      const response = await ask(`${this.#where()}/api/chat/session`, {
        method: 'POST',
        headers: { ...this.#headers(), 'content-type': 'application/json' },
        body: '{"language":"vi"}',
      });
      const [set] = response.headers.getSetCookie();
      // The cookie of the first answer that arrived is the person's from then on.
      if (this.#cookie === '') this.#cookie = set?.split(';')[0] ?? '';
    });
  }

  async says(text: string): Promise<void> {
    await this.#send('/api/chat/events', text, (id) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, type: 'text', text }),
    }));
  }

  async presses(label: string): Promise<void> {
    const line = await this.waitsFor((one) => one.shown.choices.some((c) => c.label === label));
    const token = line.shown.choices.find((choice) => choice.label === label)?.token;
    await this.#send('/api/chat/events', `[${label}]`, (id) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, type: 'choice', token }),
    }));
  }

  async sendsPhoto(picture: Buffer): Promise<void> {
    await this.#send('/api/chat/photos', 'photo', (id) => {
      const body = new FormData();
      body.set('id', id);
      body.set('photo', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'photo.png');
      return { headers: {}, body };
    });
  }

  /** The newest line that fits, once there is one. */
  async waitsFor(fits: (line: Line) => boolean): Promise<Line> {
    return persist('waiting for the bot', async () => {
      const lines: Line[] = [];
      let ready = false;
      for await (const line of this.#stream(LOOKS_MS)) {
        if (line === 'ready') ready = true;
        else if (line.author !== 'installer' && fits(line)) lines.push(line);
        const found = lines.at(-1);
        if (ready && found) return found;
      }
      throw new Error('the stream ended before it came');
    });
  }

  async hears(text: string): Promise<Line> {
    return this.waitsFor((line) => line.shown.text.includes(text));
  }

  /** The whole conversation as a page would get it. */
  async lines(): Promise<Line[]> {
    const lines: Line[] = [];
    for await (const line of this.#stream(LOOKS_MS)) {
      if (line === 'ready') return lines;
      lines.push(line);
    }
    throw new Error('the stream ended before it was whole');
  }

  /** What stands in the conversation, "ready", and what comes then, until the time is over. */
  async *#stream(forMs: number): AsyncGenerator<Line | 'ready'> {
    const response = await fetch(`${this.#where()}/api/chat/stream?after=0`, {
      headers: this.#headers(),
      signal: AbortSignal.timeout(forMs),
    });
    if (!response.ok || !response.body) throw new Error(`no stream: ${response.status}`);
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const events = (rest + chunk).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const json = /^id: \d+\ndata: (.*)$/m.exec(event)?.[1];
        if (json) yield LineSchema.parse(JSON.parse(json));
        else if (event.startsWith('event: ready')) yield 'ready';
      }
    }
  }

  /** One request of this person, whatever comes of it. */
  request(
    path: string,
    { headers, body }: { headers: Record<string, string>; body: string | FormData },
  ): Promise<Response> {
    const init = { method: 'POST', headers: { ...headers, ...this.#headers() }, body };
    return fetch(this.#where() + path, { ...init, signal: AbortSignal.timeout(10_000) });
  }

  #headers(): Record<string, string> {
    return { cookie: this.#cookie, 'x-forwarded-for': this.#address };
  }

  async #send(
    path: string,
    what: string,
    message: (id: string) => { headers: Record<string, string>; body: string | FormData },
  ): Promise<void> {
    const id = randomUUID();
    const deliver = async () => {
      const { headers, body } = message(id);
      const init = { method: 'POST', headers: { ...headers, ...this.#headers() }, body };
      const signal = this.#luck.breaks() ? AbortSignal.timeout(this.#luck.upTo(30)) : undefined;
      await ask(this.#where() + path, init, signal);
    };
    await persist(what, deliver);
    this.acknowledged.push({ id, what });
    const copies = this.#late.splice(0);
    if (this.#luck.again()) copies.push(deliver);
    else if (this.#luck.late()) this.#late.push(deliver);
    for (const copy of copies) await persist('a copy', copy);
  }
}
