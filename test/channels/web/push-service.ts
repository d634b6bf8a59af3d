import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { VapidKeys } from '../../../src/channels/web/options.ts';
import type { PushSubscriptionRow } from '../../../src/store/contract.ts';

/** The origin under which the assistant knows the push service. */
const ORIGIN = 'https://fcm.googleapis.com';
const DAY_S = 24 * 60 * 60;

function makeVapid(): VapidKeys {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys('base64url');
  const privateKey = pair.getPrivateKey();
  const padded = Buffer.concat([Buffer.alloc(32 - privateKey.length), privateKey]);
  return { publicKey, privateKey: padded.toString('base64url') };
}

/** The assistant's keys in these tests. */
export const VAPID = makeVapid();

const JwtSchema = z.object({ aud: z.string(), exp: z.number(), sub: z.string() });

interface Browser {
  keys: ECDH;
  auth: Buffer;
  subscription: PushSubscriptionRow;
}

interface Taken {
  /** What the browser decrypted. */
  notice: unknown;
  headers: IncomingMessage['headers'];
  subject: string;
}

type Refusal = { status: number; headers?: Record<string, string> };

/**
 * A push service on this machine that takes what RFC 8030, 8291 and 8292 allow and nothing else,
 * with the browsers that subscribed to it. `fetch` leads there what is sent to its origin.
 */
export class PushService {
  readonly taken: Taken[] = [];
  readonly refused: string[] = [];
  readonly #browsers = new Map<string, Browser>();
  readonly #refusals: Refusal[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<PushService> {
    const server = createServer();
    const service = new PushService(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { status, headers } = service.#answer(request, Buffer.concat(chunks));
        response.writeHead(status, headers).end();
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return service;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** As the platform's own, except that the origin of the service is this one. */
  readonly fetch: typeof fetch = (input, init) => {
    const { origin, pathname } = new URL(String(input));
    if (origin !== ORIGIN) throw new Error('An address outside of the push service was asked for.');
    const { port } = this.#server.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}${pathname}`, init);
  };

  /** A browser subscribes. */
  subscribe(): PushSubscriptionRow {
    const path = `/fcm/send/${randomBytes(12).toString('base64url')}`;
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    const auth = randomBytes(16);
    const subscription = {
      endpoint: `${ORIGIN}${path}`,
      keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') },
    };
    this.#browsers.set(path, { keys, auth, subscription });
    return subscription;
  }

  /** The browser takes no more notifications. */
  unsubscribe({ endpoint }: PushSubscriptionRow): void {
    this.#browsers.delete(new URL(endpoint).pathname);
  }

  /** The next request is answered so. */
  refuse(status: number, headers: Record<string, string> = {}): void {
    this.#refusals.push({ status, headers });
  }

  #answer(request: IncomingMessage, body: Buffer): Refusal {
    const browser = this.#browsers.get(request.url ?? '');
    if (!browser) return { status: 410 };
    const refusal = this.#refusals.shift();
    if (refusal) return refusal;
    try {
      const subject = checkVapid(request);
      checkHeaders(request, body);
      const notice: unknown = JSON.parse(decrypt(browser, body));
      this.taken.push({ notice, headers: request.headers, subject });
      return { status: 201 };
    } catch (error) {
      this.refused.push(String(error));
      return { status: 400 };
    }
  }
}

/** RFC 8292. @returns whom the service may write to */
function checkVapid({ headers }: IncomingMessage): string {
  const [, token = '', key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? [];
  if (key !== VAPID.publicKey) throw new Error('The key is not the one of the subscription.');
  const [head = '', claims = '', signature = ''] = token.split('.');
  const { alg } = z.object({ alg: z.string() }).parse(parsed(head));
  if (alg !== 'ES256') throw new Error('The token is not signed with ES256.');
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const signer = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  const options = { key: signer, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', signed, options, Buffer.from(signature, 'base64url')))
    throw new Error('The signature of the token is wrong.');
  const { aud, exp, sub } = JwtSchema.parse(parsed(claims));
  const seconds = Date.now() / 1000;
  if (aud !== ORIGIN) throw new Error('The token is for another service.');
  if (exp <= seconds || exp > seconds + DAY_S) throw new Error('The token is out of its time.');
  if (!/^(mailto|https):/.test(sub)) throw new Error('Nobody can be written to.');
  return sub;
}

function parsed(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

/** RFC 8030 and 8291. */
function checkHeaders({ method, headers }: IncomingMessage, body: Buffer): void {
  if (method !== 'POST') throw new Error('A message is pushed with POST.');
  if (!/^\d+$/.test(String(headers.ttl))) throw new Error('TTL is missing.');
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('It is not aes128gcm.');
  if (!/^[\w-]{1,32}$/.test(String(headers.topic))) throw new Error('The topic has a wrong form.');
  if (!/^(very-low|low|normal|high)$/.test(String(headers.urgency))) throw new Error('Urgency.');
  if (body.length > 4096) throw new Error('It is larger than services have to take.');
}

/** RFC 8291 and 8188, as a browser does it. */
function decrypt({ keys, auth }: Browser, body: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const hkdf = (secret: Buffer, from: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, from, info, length));
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
  const ikm = hkdf(keys.computeSecret(sender), auth, about, 32);
  const key = hkdf(ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = plain.lastIndexOf(2);
  if (plain.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('The padding is wrong.');
  return plain.subarray(0, end).toString('utf8');
}
