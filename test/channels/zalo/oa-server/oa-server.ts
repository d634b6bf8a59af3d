import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Deliveries } from './deliveries.ts';
import { methods } from './methods.ts';
import { OAuth } from './oauth.ts';
import type { Person } from './person.ts';
import { Refusal } from './refusal.ts';

/** How a call ends, other than by the rules. */
export type Mishap =
  | { error: number; headers?: Record<string, string> }
  | { status: number }
  /** The connection breaks, before or after the call was carried out. */
  | { breaks: 'before' | 'after' };

/** A file that a person sent, at an address of Zalo's file hosts. */
export interface StoredFile {
  bytes: Uint8Array;
  /** What the host says of its size; large files need not be there to be refused. */
  size: number;
  redirect?: string;
}

export interface Call {
  path: string;
  body: unknown;
  error: number;
}

/**
 * Zalo's three hosts for one Official Account on a loopback address: they refuse what Zalo refuses,
 * within HTTP 200. What it holds survives any number of lives of the assistant.
 */
export class OaServer {
  readonly appId = '4071234567890123456';
  readonly appSecret = randomBytes(15).toString('base64url');
  readonly oaId = '388613280878808645';
  readonly oauth = new OAuth(this);
  readonly events = new Deliveries(this.appId, randomBytes(15).toString('base64url'));
  readonly people = new Map<string, Person>();
  readonly files = new Map<string, StoredFile>();
  /** Uploaded pictures by attachment id. */
  readonly uploads = new Map<string, Uint8Array>();
  readonly calls: Call[] = [];
  /** Templates that were billed, in order. */
  readonly billed: { by: 'uid' | 'phone'; to: string; data: Record<string, string> }[] = [];
  readonly templates = { uid: '300001', phone: '400001' };
  /** Whether calls must carry the proof of the app's secret. */
  wantsProof = false;
  /** Added to each answer. */
  headers: Record<string, string> = {};
  /** What happens while a request waits for its answer. */
  meanwhile: (path: string) => Promise<void> = async () => {};
  now: () => number = Date.now;
  readonly #mishaps: { path: string; userId: string | null; mishap: Mishap }[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  static async start(): Promise<OaServer> {
    const server = new OaServer();
    await new Promise<void>((listening) => server.#server.listen(0, '127.0.0.1', listening));
    return server;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.events.close();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** What happens to the next call of this path, for one person or any. */
  next(path: string, mishap: Mishap, userId: string | null = null): void {
    this.#mishaps.push({ path, userId, mishap });
  }

  /** Answers the file's address. */
  keepFile(bytes: Uint8Array, more: Partial<StoredFile> = {}): string {
    const id = randomBytes(12).toString('hex');
    this.files.set(id, { bytes, size: bytes.length, ...more });
    return `${this.root}/files/${id}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://zalo');
    const file = /^\/files\/(\w+)$/.exec(url.pathname)?.[1];
    if (file !== undefined) return this.#download(file, response);
    if (url.pathname === '/v4/oa/permission') {
      response.writeHead(302, { location: this.oauth.consent(url.searchParams) }).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    await this.#call(url, Buffer.concat(chunks), request, response);
  }

  async #call(
    { pathname: path, searchParams: query }: URL,
    raw: Buffer,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const type = request.headers['content-type'] ?? '';
    const asked = request.method === 'GET' ? (query.get('data') ?? '{}') : null;
    const body = asked === null ? await contentOf(raw, type) : JSON.parse(asked);
    const mishap = this.#mishapOf(path, body);
    if (mishap && 'breaks' in mishap && mishap.breaks === 'before') {
      request.socket.destroy();
      return;
    }
    let answer: Record<string, unknown>;
    if (mishap && 'error' in mishap) answer = { error: mishap.error, message: 'refused' };
    else if (mishap && 'status' in mishap) {
      response.writeHead(mishap.status, { 'content-type': 'text/html' }).end('<h1>no</h1>');
      return;
    } else {
      try {
        answer = this.#carryOut(path, body, request);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        answer = { error: error.code, message: error.message };
      }
    }
    this.calls.push({ path, body, error: Number(answer.error ?? 0) });
    await this.meanwhile(path);
    if (mishap && 'breaks' in mishap) {
      request.socket.destroy();
      return;
    }
    const more = mishap && 'error' in mishap ? mishap.headers : {};
    const headers = { 'content-type': 'application/json', ...this.headers, ...more };
    response.writeHead(200, headers).end(JSON.stringify(answer));
  }

  #carryOut(path: string, body: unknown, request: IncomingMessage): Record<string, unknown> {
    if (path === '/v4/oa/access_token') {
      const form = body instanceof URLSearchParams ? body : new URLSearchParams();
      return this.oauth.exchange(request.headers.secret_key, form);
    }
    const method = methods[path];
    if (!method) throw new Refusal(404, 'Empty api');
    try {
      this.oauth.check(request.headers.access_token);
    } catch (error) {
      // The host of templates by phone has codes of its own.
      if (path === '/message/template') throw new Refusal(-124, 'Access token invalid');
      throw error;
    }
    const proof = createHmac('sha256', this.appSecret).update(String(request.headers.access_token));
    if (this.wantsProof && request.headers.appsecret_proof !== proof.digest('hex')) {
      throw new Refusal(-242, 'appsecret_proof is invalid');
    }
    return { data: method(this, body), error: 0, message: 'Success' };
  }

  #mishapOf(path: string, body: unknown): Mishap | null {
    const text = JSON.stringify(body) ?? '';
    const at = this.#mishaps.findIndex(
      (one) => one.path === path && (one.userId === null || text.includes(one.userId)),
    );
    return at < 0 ? null : (this.#mishaps.splice(at, 1)[0]?.mishap ?? null);
  }

  #download(id: string, response: ServerResponse): void {
    const file = this.files.get(id);
    if (!file) response.writeHead(404).end();
    else if (file.redirect) response.writeHead(302, { location: file.redirect }).end();
    else {
      // File hosts tell no type that could be trusted.
      const headers = { 'content-type': 'application/octet-stream', 'content-length': file.size };
      response.writeHead(200, headers).write(file.bytes);
      if (file.size === file.bytes.length) response.end();
    }
  }
}

async function contentOf(raw: Buffer, type: string): Promise<unknown> {
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return new URLSearchParams(raw.toString('utf8'));
  }
  if (!type.startsWith('multipart/')) return raw.length === 0 ? {} : JSON.parse(raw.toString());
  const form = await new Response(new Uint8Array(raw), {
    headers: { 'content-type': type },
  }).formData();
  const file = form.get('file');
  if (typeof file === 'string' || file === null) return {};
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
