import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';

/** An OpenID provider of one's own, which says who is who. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What the browser keeps between leaving for the provider and coming back. */
export const PendingSchema = z.object({
  state: z.string().max(200),
  nonce: z.string().max(200),
  verifier: z.string().max(200),
});
export type Pending = z.infer<typeof PendingSchema>;

const ClaimsSchema = z.object({
  email: z.string().max(320).optional(),
  email_verified: z.boolean().optional(),
  preferred_username: z.string().max(320).optional(),
});

/** Signing in at an OpenID provider: authorization code with PKCE, state and nonce. */
export class Oidc {
  private readonly settings: OidcSettings;
  private readonly redirectUri: string;
  private known: Promise<Configuration> | null = null;

  /** @param redirectUri where the provider sends people back to, as it is registered there */
  constructor(settings: OidcSettings, redirectUri: string) {
    this.settings = settings;
    this.redirectUri = redirectUri;
  }

  /** Where to send somebody, and what their browser has to bring back. */
  async begin(): Promise<{ url: string; pending: Pending }> {
    const pending = {
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
    };
    const url = buildAuthorizationUrl(await this.provider(), {
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, pending };
  }

  /**
   * The login of who comes back: the address that the provider has verified, else their user name;
   * null when it names neither.
   * @param query of the address that the provider sent them back to
   * @throws whatever the library finds wrong; it never holds a token
   */
  async finish(query: string, { state, nonce, verifier }: Pending): Promise<string | null> {
    const tokens = await authorizationCodeGrant(
      await this.provider(),
      new URL(`${this.redirectUri}?${query}`),
      { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
    );
    const claims = ClaimsSchema.parse(tokens.claims() ?? {});
    const login = claims.email_verified === true ? claims.email : claims.preferred_username;
    return login?.trim().toLowerCase() || null;
  }

  /** Asked for once; again after it could not be reached. */
  private provider(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const server = new URL(issuer);
    const local = ['127.0.0.1', 'localhost', '[::1]'].includes(server.hostname);
    this.known ??= discovery(server, clientId, clientSecret, undefined, {
      // Anywhere but on this machine the provider is reached by https.
      execute: server.protocol === 'http:' && local ? [allowInsecureRequests] : [],
      timeout: 10,
    });
    this.known.catch(() => {
      this.known = null;
    });
    return this.known;
  }
}
