import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Chat } from './chat.ts';
import { methods } from './methods.ts';
import { Refusal } from './refusal.ts';
import { Updates } from './updates.ts';

/** How a call ends, other than by the rules. */
export type Mishap =
  | { answers: number; description: string; retryAfter?: number }
  /** A page of the web server instead of JSON, with this status. */
  | { page: number }
  /** The connection breaks, before or after the call was carried out. */
  | { breaks: 'before' | 'after' };

type Fields = Record<string, unknown>;

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * The Bot Platform for one bot, on a loopback address, that refuses what Zalo refuses. What it holds
 * survives any number of lives of the assistant.
 */
export class BotPlatform {
  readonly token =
    `${Math.floor(10_000_000 + Math.random() * 90_000_000)}:${randomBytes(24).toString('base64url')}`;
  readonly updates = new Updates();
  readonly chats = new Map<string, Chat>();
  /** Every call, oldest first; `answered`: the error code, or 200. */
  readonly calls: { method: string; fields: Fields; answered: number }[] = [];
  readonly #photos = new Map<string, { bytes: Uint8Array; length: number }>();
  readonly #mishaps: { method: string; chatId: string | null; mishap: Mishap }[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  static async start(): Promise<BotPlatform> {
    const platform = new BotPlatform();
    await new Promise<void>((listening) => platform.#server.listen(0, '127.0.0.1', listening));
    return platform;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.updates.close();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** @throws Refusal when the bot cannot write there */
  chat(id: string): Chat {
    const chat = this.chats.get(id);
    if (!chat || chat.blocked) throw new Refusal(404, 'Not Found');
    return chat;
  }

  /** What happens to the next call of this method, in one chat or any. */
  next(method: string, mishap: Mishap, chatId: string | null = null): void {
    this.#mishaps.push({ method, chatId, mishap });
  }

  /** Where a photo that somebody sent can be fetched; of a huge one only the length is told. */
  keepPhoto(bytes: Uint8Array, length = bytes.length): string {
    const path = `/photo/${randomBytes(16).toString('hex')}.jpg`;
    this.#photos.set(path, { bytes, length });
    return this.root + path;
  }

  /** @throws Refusal when the address does not bring a PNG */
  async look(address: string): Promise<void> {
    const { origin, pathname } = new URL(address);
    const there = (this.updates.addresses.get(origin) ?? origin) + pathname;
    const bytes = await fetch(there, { headers: { 'user-agent': 'Java/17.0.9' } })
      .then(
        async (response) => (response.status === 200 ? await response.bytes() : null),
        () => null,
      )
      .catch(() => null);
    if (bytes === null || !PNG.equals(bytes.subarray(0, 8))) {
      throw new Refusal(400, 'Bad Request: photo is invalid');
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://bot').pathname;
    const photo = this.#photos.get(path);
    if (photo) {
      // CDNs say nothing better.
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-length': photo.length,
      });
      response.end(photo.bytes);
      return;
    }
    const call = /^\/bot(?<token>[^/]+)\/(?<method>\w+)$/.exec(path)?.groups;
    if (request.method !== 'POST' || !call) return page(response, 404);
    const fields = await readFields(request);
    if (call.token !== this.token) return answer(response, new Refusal(401, 'Unauthorized'));
    await this.#call(call.method ?? '', fields, request, response);
  }

  async #call(
    method: string,
    fields: Fields,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const entry = { method, fields, answered: 0 };
    this.calls.push(entry);
    const mishap = this.#mishapOf(method, fields);
    if (mishap && 'page' in mishap) return page(response, mishap.page);
    if (mishap && 'breaks' in mishap && mishap.breaks === 'before') {
      request.socket.destroy();
      return;
    }
    let outcome: unknown;
    try {
      if (mishap && 'answers' in mishap) {
        throw new Refusal(mishap.answers, mishap.description, mishap.retryAfter);
      }
      const carryOut = methods[method];
      if (!carryOut) throw new Refusal(404, 'Not Found');
      const gone = new Promise<void>((end) => response.once('close', end));
      outcome = await carryOut(this, fields, gone);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      outcome = error;
    }
    entry.answered = outcome instanceof Refusal ? outcome.code : 200;
    if (mishap && 'breaks' in mishap) request.socket.destroy();
    else answer(response, outcome);
  }

  #mishapOf(method: string, fields: Fields): Mishap | null {
    const at = this.#mishaps.findIndex(
      (one) => one.method === method && (one.chatId === null || one.chatId === fields.chat_id),
    );
    return at < 0 ? null : (this.#mishaps.splice(at, 1)[0]?.mishap ?? null);
  }
}

function answer(response: ServerResponse, outcome: unknown): void {
  const refused = outcome instanceof Refusal;
  const body = refused
    ? { ok: false, error_code: outcome.code, description: outcome.message }
    : { ok: true, ...(outcome === undefined ? {} : { result: outcome }) };
  const wait = refused && outcome.retryAfter !== undefined;
  response
    .writeHead(200, {
      'content-type': 'application/json',
      ...(wait ? { 'retry-after': String(outcome.retryAfter) } : {}),
    })
    .end(JSON.stringify(body));
}

function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html>nginx</html>');
}

async function readFields(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const fields = z.record(z.string(), z.unknown());
  return fields.parse(JSON.parse(Buffer.concat(chunks).toString() || '{}'));
}
