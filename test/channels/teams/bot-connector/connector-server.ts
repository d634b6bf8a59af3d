import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Chat, shownOf } from './chat.ts';
import { Deliveries } from './deliveries.ts';
import { IdentityProvider } from './identity-provider.ts';
import { Refusal } from './refusal.ts';
import { checkRate, outgoingIn } from './rules.ts';

/** How a call ends, other than by the rules. */
export type Mishap =
  | { answers: number; code: string; retryAfter?: number }
  /** The connection breaks, before or after the call was carried out; or nothing ever comes. */
  | { breaks: 'before' | 'after' | 'never' };

interface StoredFile {
  bytes: Uint8Array;
  /** Pictures are shown to the bot's token only; files to whoever has the link, and to no token. */
  kept: 'picture' | 'file';
  /** What is said of the size, where the bytes do not tell. */
  size: number;
}

/**
 * A Bot Connector for one bot that refuses what Teams refuses, with the identity provider beside it,
 * on loopback addresses. What it holds survives any number of lives of the assistant.
 */
export class ConnectorServer {
  readonly identity: IdentityProvider;
  readonly botId: string;
  readonly chats = new Map<string, Chat>();
  readonly files = new Map<string, StoredFile>();
  /** Every call, oldest first. */
  readonly calls: { method: string; path: string; body: unknown; answered: number }[] = [];
  readonly deliveries: Deliveries;
  readonly #mishaps: { chatId: string; mishap: Mishap }[] = [];
  readonly #server: Server;
  #ids = 1_700_000_000_000;

  private constructor(identity: IdentityProvider) {
    this.identity = identity;
    this.botId = `28:${identity.appId}`;
    this.deliveries = new Deliveries(this);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<ConnectorServer> {
    const server = new ConnectorServer(await IdentityProvider.start());
    await new Promise<void>((listening) => server.#server.listen(0, '127.0.0.1', listening));
    return server;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get serviceUrl(): string {
    return `${this.root}/amer/`;
  }

  async stop(): Promise<void> {
    this.deliveries.stop();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    await this.identity.stop();
  }

  /** Ids of messages are the time they were sent at, as those of Teams are. */
  nextId(): string {
    this.#ids += 1;
    return String(this.#ids);
  }

  /** What happens to the next message to this chat. */
  next(chatId: string, mishap: Mishap): void {
    this.#mishaps.push({ chatId, mishap });
  }

  /** Answers the address by which it is fetched. */
  keep(bytes: Uint8Array, kept: StoredFile['kept'], size = bytes.length): string {
    const id = randomBytes(16).toString('base64url');
    this.files.set(id, { bytes, kept, size });
    return kept === 'picture'
      ? `${this.serviceUrl}v3/attachments/${id}/views/original`
      : `${this.root}/personal/download.aspx?UniqueId=${id}&tempauth=secret-${id}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.root);
    const picture = /^\/amer\/v3\/attachments\/([\w-]+)\/views\/original$/.exec(url.pathname)?.[1];
    const file = url.searchParams.get('UniqueId');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (picture || file)
      return this.#download(picture ?? file ?? '', picture ? token : null, response, request);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || 'null');
    const entry = { method: request.method ?? '', path: url.pathname, body, answered: 0 };
    this.calls.push(entry);
    const chatId = /\/conversations\/([^/]+)\//.exec(url.pathname)?.[1] ?? '';
    const mishap = this.#mishapOf(decodeURIComponent(chatId), body);
    if (mishap && 'breaks' in mishap && mishap.breaks !== 'after') {
      if (mishap.breaks === 'before') request.socket.destroy();
      return;
    }
    const outcome = this.#outcome(entry, token, mishap);
    entry.answered = outcome instanceof Refusal ? outcome.status : 201;
    if (mishap && 'breaks' in mishap) request.socket.destroy();
    else answer(response, outcome);
  }

  #outcome(
    entry: { method: string; path: string; body: unknown },
    token: string | undefined,
    mishap: Mishap | null,
  ) {
    try {
      if (!this.identity.given.has(token ?? '')) throw new Refusal(401, 'Unauthorized');
      if (mishap && 'answers' in mishap) {
        throw new Refusal(mishap.answers, mishap.code, mishap.retryAfter);
      }
      return this.#carryOut(entry.method, entry.path, entry.body);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  #carryOut(method: string, path: string, body: unknown): { id: string } {
    const place = /^\/amer\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(path);
    const chat = this.chats.get(decodeURIComponent(place?.[1] ?? ''));
    if (!place || !chat) throw new Refusal(404, 'ConversationNotFound');
    if (chat.blocked) throw new Refusal(403, 'MessageWritesBlocked');
    const outgoing = outgoingIn(body);
    if (outgoing.conversation.id !== chat.id || outgoing.from.id !== this.botId) {
      throw new Refusal(400, 'BadArgument');
    }
    if (method === 'PUT') {
      const shown = chat.messages.find((one) => one.id === place[2] && one.by === 'bot');
      if (!shown) throw new Refusal(404, 'ActivityNotFoundInConversation');
      Object.assign(shown, shownOf(shown.id, outgoing), { edits: shown.edits + 1 });
      return { id: shown.id };
    }
    if (place[2] !== undefined) throw new Refusal(404, 'ActivityNotFoundInConversation');
    if (outgoing.type === 'typing') {
      chat.typing += 1;
      return { id: this.nextId() };
    }
    checkRate(chat.times, Date.now());
    const shown = shownOf(this.nextId(), outgoing);
    chat.messages.push(shown);
    return { id: shown.id };
  }

  #mishapOf(chatId: string, body: unknown): Mishap | null {
    if ((body as { type?: unknown } | null)?.type !== 'message') return null;
    const at = this.#mishaps.findIndex((one) => one.chatId === chatId);
    return at < 0 ? null : (this.#mishaps.splice(at, 1)[0]?.mishap ?? null);
  }

  #download(
    id: string,
    token: string | null | undefined,
    response: ServerResponse,
    request: IncomingMessage,
  ): void {
    const file = this.files.get(id);
    const stolen = token === null && request.headers.authorization !== undefined;
    const allowed = token === null || this.identity.given.has(token ?? '');
    if (!file || stolen) answer(response, new Refusal(404, 'NotFound'));
    else if (!allowed) answer(response, new Refusal(401, 'Unauthorized'));
    else response.writeHead(200, { 'content-length': file.size }).end(file.bytes);
  }
}

function answer(response: ServerResponse, outcome: { id: string } | Refusal): void {
  const refused = outcome instanceof Refusal;
  const body = refused ? { error: { code: outcome.code, message: outcome.code } } : outcome;
  const wait: Record<string, string> =
    refused && outcome.retryAfter !== undefined
      ? { 'retry-after': String(outcome.retryAfter) }
      : {};
  response
    .writeHead(refused ? outcome.status : 201, { 'content-type': 'application/json', ...wait })
    .end(JSON.stringify(body));
}
