import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

interface Asked {
  redirectUri: string;
  challenge: string;
  nonce: string;
}

/** An OpenID provider on this machine, as strict as the specifications want one. */
export class OpenidProvider {
  readonly clientId = 'desk';
  readonly clientSecret = 's3cret between us';
  /** What it says of whoever signs in next. */
  claims: Record<string, unknown> = {};
  /** The nonce that it signs instead of the one that was sent. */
  wrongNonce: string | null = null;
  readonly #codes = new Map<string, Asked>();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.writeHead(500).end());
  });

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const json = (body: object, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        json({
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
        });
        return;
      case '/keys':
        json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256' }] });
        return;
      case '/authorize':
        this.#authorize(url.searchParams, response);
        return;
      case '/token':
        json(...(await this.#token(request)));
        return;
      default:
        response.writeHead(404).end();
    }
  }

  #authorize(asked: URLSearchParams, response: ServerResponse): void {
    const wanted =
      asked.get('client_id') === this.clientId &&
      asked.get('response_type') === 'code' &&
      asked.get('code_challenge_method') === 'S256' &&
      asked.get('scope')?.split(' ').includes('openid') &&
      asked.get('state') &&
      asked.get('nonce');
    if (!wanted) {
      response.writeHead(400).end();
      return;
    }
    const code = randomUUID();
    const redirectUri = asked.get('redirect_uri') ?? '';
    this.#codes.set(code, {
      redirectUri,
      challenge: asked.get('code_challenge') ?? '',
      nonce: asked.get('nonce') ?? '',
    });
    const back = new URL(redirectUri);
    back.search = String(new URLSearchParams({ code, state: asked.get('state') ?? '' }));
    response.writeHead(302, { location: back.href }).end();
  }

  async #token(request: IncomingMessage): Promise<[object, number]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = new URLSearchParams(Buffer.concat(chunks).toString());
    if (!this.#knows(request, body)) return [{ error: 'invalid_client' }, 401];
    const code = body.get('code') ?? '';
    const asked = this.#codes.get(code);
    // A code works once.
    this.#codes.delete(code);
    const verifier = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      body.get('grant_type') === 'authorization_code' &&
      asked?.redirectUri === body.get('redirect_uri') &&
      asked?.challenge === verifier;
    if (!asked || !fits) return [{ error: 'invalid_grant' }, 400];
    const idToken = this.#signed(this.wrongNonce ?? asked.nonce);
    return [
      { access_token: 'opaque', token_type: 'Bearer', expires_in: 60, id_token: idToken },
      200,
    ];
  }

  /** By the header or by the body; the specification has both. */
  #knows(request: IncomingMessage, body: URLSearchParams): boolean {
    const header = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const [id, secret] = header
      ? Buffer.from(header, 'base64')
          .toString()
          .split(':')
          .map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
      : [body.get('client_id'), body.get('client_secret')];
    return id === this.clientId && secret === this.clientSecret;
  }

  #signed(nonce: string): string {
    const now = Math.floor(Date.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: this.issuer,
      aud: this.clientId,
      sub: 'person-1',
      iat: now,
      exp: now + 60,
      nonce,
      ...this.claims,
    };
    const signed = `${part({ alg: 'RS256', kid: 'k1' })}.${part(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }
}
