import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands before telegram-test-api and adds what it lacks: files, pictures that the bot sends, and
 * the secret of a webhook, which it delivers without. All else goes through as it is.
 */
export class Beside {
  readonly #server: Server;
  readonly #behind: string;
  readonly #files = new Map<string, Uint8Array>();
  #webhook: { url: string; secret: string } | null = null;
  /** Where a public address really is. */
  readonly addresses = new Map<string, string>();

  private constructor(behind: string) {
    this.#behind = behind;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(behind: string): Promise<Beside> {
    const beside = new Beside(behind);
    await new Promise<void>((listening) => beside.#server.listen(0, '127.0.0.1', listening));
    return beside;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  keepFile(bytes: Uint8Array): string {
    const fileId = `file_${this.#files.size + 1}`;
    this.#files.set(fileId, bytes);
    return fileId;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = request.url ?? '';
    const file = this.#files.get(path.split('/').at(-1) ?? '');
    if (path.startsWith('/file/')) response.end(file);
    else if (path === '/hook') await this.#deliver(body, response);
    else if (path.endsWith('/getFile')) {
      const { file_id: fileId } = JSON.parse(body.toString());
      succeed(response, { file_id: fileId, file_path: `documents/${fileId}` });
    } else if (/\/(sendPhoto|sendMediaGroup|sendChatAction|setMyCommands)$/.test(path)) {
      succeed(response, path.endsWith('Group') ? [] : { message_id: 0 });
    } else await this.#pass(request, path, body, response);
  }

  async #pass(
    { method = 'POST', headers }: IncomingMessage,
    path: string,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    let text = body.toString();
    if (path.endsWith('/setWebhook')) {
      const { url, secret_token: secret } = JSON.parse(text);
      this.#webhook = { url, secret };
      text = JSON.stringify({ url: `${this.root}/hook` });
    }
    const type = headers['content-type'] ?? 'application/json';
    const answer = await fetch(this.#behind + path, {
      method,
      headers: { 'content-type': type },
      body: text,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  }

  async #deliver(body: Buffer, response: ServerResponse): Promise<void> {
    const { url, secret } = this.#webhook ?? { url: '', secret: '' };
    const { origin, pathname } = new URL(url);
    const answer = await fetch((this.addresses.get(origin) ?? origin) + pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: new Uint8Array(body),
    });
    response.writeHead(answer.status).end();
  }
}

function succeed(response: ServerResponse, result: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: true, result }));
}
