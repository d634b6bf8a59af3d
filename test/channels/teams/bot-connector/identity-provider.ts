import { randomBytes, randomUUID } from 'node:crypto';
import {
  type MutableResponse,
  OAuth2Server,
  type TokenRequestIncomingMessage,
} from 'oauth2-mock-server';

const TENANT = '99999999-2222-4333-8444-555555555555';

/** Claims of a token that Teams delivers with, as they would be wrong. */
export interface Claims {
  iss?: string;
  aud?: string;
  serviceurl?: string | undefined;
  /** Seconds from now. */
  expiresIn?: number;
  notBefore?: number;
}

/**
 * Stands for Microsoft's identity provider: hands the bot its tokens, for its own secret only, and
 * signs what Teams delivers. The signing keys and the documents are those of oauth2-mock-server.
 */
export class IdentityProvider {
  readonly appId = randomUUID();
  readonly tenantId = TENANT;
  readonly password = randomBytes(24).toString('base64url');
  /** Tokens that the bot was given. */
  readonly given = new Set<string>();
  /** How often it was asked for one. */
  asked = 0;
  readonly #server: OAuth2Server;

  private constructor() {
    const endpoints = {
      wellKnownDocument: '/v1/.well-known/openidconfiguration',
      token: `/${TENANT}/oauth2/v2.0/token`,
      jwks: '/v1/.well-known/keys',
    };
    this.#server = new OAuth2Server(undefined, undefined, { endpoints });
  }

  static async start(): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    const { issuer, service } = provider.#server;
    await issuer.keys.generate('RS256');
    service.on(
      'beforeResponse',
      (response: MutableResponse, request: TokenRequestIncomingMessage) =>
        provider.#judge(response, request),
    );
    await provider.#server.start(0, '127.0.0.1');
    return provider;
  }

  get root(): string {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }

  /** A token as Teams sends it along, for this bot and this service, unless it is made wrong. */
  async sign(serviceUrl: string, claims: Claims = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return this.#server.issuer.buildToken({
      scopesOrTransform: (_header, payload) => {
        payload.iss = claims.iss ?? 'https://api.botframework.com';
        payload.aud = claims.aud ?? this.appId;
        payload.serviceurl = 'serviceurl' in claims ? claims.serviceurl : serviceUrl;
        payload.exp = now + (claims.expiresIn ?? 3600);
        payload.nbf = now + (claims.notBefore ?? -60);
      },
    });
  }

  #judge(response: MutableResponse, { body }: TokenRequestIncomingMessage): void {
    this.asked += 1;
    const { client_id: id, client_secret: secret, scope } = { ...body } as Record<string, unknown>;
    const rightful =
      id === this.appId &&
      secret === this.password &&
      scope === 'https://api.botframework.com/.default';
    if (!rightful) {
      response.statusCode = 401;
      const description = 'AADSTS7000215: Invalid client secret provided.';
      response.body = { error: 'invalid_client', error_description: description };
      return;
    }
    const { access_token: token } = response.body as Record<string, unknown>;
    this.given.add(String(token));
  }
}
