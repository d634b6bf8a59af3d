import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ZaloOaConfig } from '../../../../config/zalo.ts';
import { NoAnswerError } from '../errors.ts';
import { ask } from '../http.ts';

const OAUTH = 'https://oauth.zaloapp.com';

/** Zalo says no: the code or the refresh token is used, expired, or somebody else's. */
export class GrantRefusedError extends Error {
  readonly code = 'grantRefused';

  /** @param zaloCode as Zalo told it; its sentence is not kept, for it may quote the token */
  constructor(zaloCode: string) {
    super(`Zalo refused the grant (${zaloCode})`);
    this.name = 'GrantRefusedError';
  }
}

const GrantedSchema = z.object({
  access_token: z.string().min(1).max(4096),
  refresh_token: z.string().min(1).max(4096),
  /** Seconds, as a string. */
  expires_in: z.union([z.string().regex(/^\d{1,9}$/), z.number().int()]).transform(Number),
});

/** What Zalo grants. `expiresIn` in seconds. */
export interface Granted {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
}

type Grant =
  | { grant_type: 'authorization_code'; code: string; code_verifier: string }
  | { grant_type: 'refresh_token'; refresh_token: string };

/** Where an admin of the account consents. */
export function consentUrl(
  { appId, oauthRoot }: ZaloOaConfig,
  ask: { redirectUri: string; state: string; verifier: string },
): string {
  const url = new URL(`${oauthRoot ?? OAUTH}/v4/oa/permission`);
  const challenge = createHash('sha256').update(ask.verifier).digest('base64url');
  url.searchParams.set('app_id', appId);
  url.searchParams.set('redirect_uri', ask.redirectUri);
  url.searchParams.set('code_challenge', challenge);
  url.searchParams.set('state', ask.state);
  return url.href;
}

/**
 * Asks Zalo for a pair of tokens.
 * @throws GrantRefusedError for good
 * @throws NoAnswerError when it is not known whether the grant was used up
 */
export async function askForTokens(
  { appId, appSecret, oauthRoot }: ZaloOaConfig,
  grant: Grant,
  patience: number,
): Promise<Granted> {
  const url = `${oauthRoot ?? OAUTH}/v4/oa/access_token`;
  const body = new URLSearchParams({ ...grant, app_id: appId });
  const init = { headers: { secret_key: appSecret }, body };
  const { json } = await ask(url, 'a request for tokens', init, patience).catch(refusal);
  const granted = GrantedSchema.safeParse(json);
  if (!granted.success) {
    const { error } = json;
    throw new GrantRefusedError(typeof error === 'number' ? String(error) : 'no tokens');
  }
  const { access_token, refresh_token, expires_in } = granted.data;
  return { accessToken: access_token, refreshToken: refresh_token, expiresIn: expires_in };
}

/** Zalo refuses within 200; should it ever do so by status, as OAuth has it, that is a refusal too. */
function refusal(error: unknown): never {
  const status = error instanceof NoAnswerError ? error.status : null;
  if (status === 400 || status === 401) throw new GrantRefusedError(`HTTP ${status}`);
  throw error;
}
