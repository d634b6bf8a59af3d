import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Seconds that an access token lives: 25 hours, told as a string. */
const LIVES = 90_000;

/** Zalo's OAuth v4 for one account: codes with PKCE, and refresh tokens that work once. */
export class OAuth {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly #codes = new Map<string, string>();
  readonly #access = new Map<string, number>();
  #refresh = '';
  /** Refresh tokens that were used up; a second use is what must not happen. */
  readonly used: string[] = [];
  reused = 0;
  now: () => number = Date.now;

  constructor(app: { appId: string; appSecret: string; oaId: string }) {
    this.appId = app.appId;
    this.appSecret = app.appSecret;
    this.oaId = app.oaId;
  }

  /** An admin presses "Đồng ý": answers where the browser is sent. */
  consent(query: URLSearchParams): string {
    const challenge = query.get('code_challenge') ?? '';
    if (query.get('app_id') !== this.appId || !/^[\w-]{43}$/.test(challenge)) {
      throw new Refusal(-14003, 'Invalid consent request');
    }
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, challenge);
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('oa_id', this.oaId);
    back.searchParams.set('state', query.get('state') ?? '');
    return back.href;
  }

  /** A grant in the form's fields. @throws Refusal */
  exchange(secretKey: unknown, form: URLSearchParams): Record<string, string> {
    if (secretKey !== this.appSecret) throw new Refusal(-14004, 'Invalid secret key');
    if (form.get('app_id') !== this.appId) throw new Refusal(-14002, 'Invalid app id');
    if (form.get('grant_type') === 'authorization_code') return this.#byCode(form);
    if (form.get('grant_type') === 'refresh_token') return this.#byRefresh(form);
    throw new Refusal(-14001, 'Invalid grant type');
  }

  #byCode(form: URLSearchParams): Record<string, string> {
    const code = form.get('code') ?? '';
    const challenge = this.#codes.get(code);
    this.#codes.delete(code);
    const verifier = form.get('code_verifier') ?? '';
    const made = createHash('sha256').update(verifier).digest('base64url');
    if (challenge === undefined || challenge !== made) throw new Refusal(-14019, 'Invalid code');
    return this.grant();
  }

  #byRefresh(form: URLSearchParams): Record<string, string> {
    const token = form.get('refresh_token') ?? '';
    if (this.used.includes(token)) this.reused += 1;
    if (token === '' || token !== this.#refresh) throw new Refusal(-14014, 'Invalid refresh token');
    this.used.push(token);
    return this.grant();
  }

  /** A new pair; the old refresh token is void, the old access token lives on. */
  grant(): { access_token: string; refresh_token: string; expires_in: string } {
    const access = randomBytes(60).toString('base64url');
    this.#refresh = randomBytes(60).toString('base64url');
    this.#access.set(access, this.now() + LIVES * 1000);
    return { access_token: access, refresh_token: this.#refresh, expires_in: String(LIVES) };
  }

  /** What the account has now; no access token of before is taken any more. */
  expireAll(): void {
    for (const token of this.#access.keys()) this.#access.set(token, 0);
  }

  /** @throws Refusal -216 for a token that never was, -220 for one that has ended */
  check(token: unknown): void {
    const until = typeof token === 'string' ? this.#access.get(token) : undefined;
    if (until === undefined) throw new Refusal(-216, 'Access token is invalid');
    if (until <= this.now()) throw new Refusal(-220, 'Access token has expired');
  }

  /** Every token that was given out. */
  get tokens(): string[] {
    return [...this.#access.keys(), ...this.used, this.#refresh].filter((token) => token !== '');
  }
}
