import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Chat } from './chat.ts';
import { ForumChat } from './forum-chat.ts';
import { methods } from './methods.ts';
import { Refusal } from './refusal.ts';
import { Updates } from './updates.ts';

/** How a call ends, other than by the rules. */
export type Mishap =
  | { answers: number; description: string; retryAfter?: number }
  /** The connection breaks, before or after the call was carried out. */
  | { breaks: 'before' | 'after' }
  /** Nothing is done, and no answer comes. */
  | { hangs: true };

export type Fields = Record<string, unknown>;

/** A file that somebody sent, or the bot. */
export interface StoredFile {
  bytes: Uint8Array;
  path: string;
  /** What Telegram says; large files need not be there to be refused. */
  size: number;
}

/**
 * A Bot API server for one bot that refuses what Telegram refuses, on a loopback address. What it
 * holds survives any number of lives of the assistant.
 */
export class BotServer {
  readonly token =
    `${Math.floor(100_000_000 + Math.random() * 900_000_000)}:${randomBytes(26).toString('base64url')}`;
  readonly updates = new Updates();
  readonly chats = new Map<number, Chat>();
  readonly files = new Map<string, StoredFile>();
  readonly commands = new Map<string, { command: string; description: string }[]>();
  /** Callback queries that wait for an answer. */
  readonly queries = new Map<string, Chat>();
  /** Every call, oldest first. */
  readonly calls: { method: string; fields: Fields; answered: number }[] = [];
  readonly #mishaps: { method: string; chatId: number | null; mishap: Mishap }[] = [];
  readonly #server: Server;
  #ids = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  static async start(): Promise<BotServer> {
    const server = new BotServer();
    await new Promise<void>((listening) => server.#server.listen(0, '127.0.0.1', listening));
    return server;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.updates.close();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  /** @throws Refusal when the bot may not write there */
  chat(id: unknown): Chat {
    const chat = this.chats.get(Number(id));
    if (chat instanceof ForumChat && chat.movedTo !== null) {
      const why = 'Bad Request: group chat was upgraded to a supergroup chat';
      throw new Refusal(400, why, undefined, chat.movedTo);
    }
    if (!chat) throw new Refusal(400, 'Bad Request: chat not found');
    if (chat.blocked) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    if (chat.left) throw new Refusal(403, 'Forbidden: bot was kicked from the supergroup chat');
    return chat;
  }

  /** What happens to the next call of this method, in one chat or any. */
  next(method: string, mishap: Mishap, chatId: number | null = null): void {
    this.#mishaps.push({ method, chatId, mishap });
  }

  keepFile(bytes: Uint8Array, folder: string, name: string, size = bytes.length): string {
    const fileId = `${folder}-${randomBytes(24).toString('base64url')}`;
    this.files.set(fileId, { bytes, path: `${folder}/file_${this.nextId()}${name}`, size });
    return fileId;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://bot').pathname;
    const file = /^\/file\/bot(?<token>[^/]+)\/(?<path>.+)$/.exec(path)?.groups;
    const call = /^\/bot(?<token>[^/]+)\/(?<method>\w+)$/.exec(path)?.groups;
    if (file) return this.#download(file.token === this.token, file.path ?? '', response);
    if (!call) return answer(response, new Refusal(404, 'Not Found'));
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
    if (mishap && 'breaks' in mishap && mishap.breaks === 'before') {
      request.socket.destroy();
      return;
    }
    if (mishap && 'hangs' in mishap) return;
    let outcome: unknown;
    try {
      if (mishap && 'answers' in mishap) {
        throw new Refusal(mishap.answers, mishap.description, mishap.retryAfter);
      }
      const carryOut = methods[method];
      if (!carryOut) throw new Refusal(404, 'Not Found: method not found');
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
      (one) =>
        one.method === method && (one.chatId === null || one.chatId === Number(fields.chat_id)),
    );
    return at < 0 ? null : (this.#mishaps.splice(at, 1)[0]?.mishap ?? null);
  }

  #download(known: boolean, path: string, response: ServerResponse): void {
    const file = [...this.files.values()].find((one) => one.path === path);
    if (!known || !file) answer(response, new Refusal(known ? 404 : 401, 'Not Found'));
    else response.writeHead(200, { 'content-length': file.bytes.length }).end(file.bytes);
  }
}

function answer(response: ServerResponse, outcome: unknown): void {
  const refused = outcome instanceof Refusal;
  const body = refused
    ? {
        ok: false,
        error_code: outcome.code,
        description: outcome.message,
        ...(outcome.retryAfter === undefined
          ? {}
          : { parameters: { retry_after: outcome.retryAfter } }),
        ...(outcome.movedTo === undefined
          ? {}
          : { parameters: { migrate_to_chat_id: outcome.movedTo } }),
      }
    : { ok: true, result: outcome };
  response
    .writeHead(refused ? outcome.code : 200, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}

const FieldsSchema = z.record(z.string(), z.unknown());

/** The fields of a call: JSON, or multipart with files as bytes. */
async function readFields(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) {
    return body.length === 0 ? {} : FieldsSchema.parse(JSON.parse(body.toString()));
  }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields: Fields = {};
  for (const [name, value] of form) {
    fields[name] =
      typeof value === 'string' ? value : new Uint8Array(await (value as Blob).arrayBuffer());
  }
  return fields;
}
