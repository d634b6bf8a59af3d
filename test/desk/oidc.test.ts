import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WaysSchema } from '../../src/desk/wire/people.ts';
import { agentRow, type DeskApp, deskApp } from './desk-app.ts';
import { OpenidProvider } from './openid-provider.ts';

const PUBLIC_URL = 'http://desk.test';

describe('signing in at an OpenID provider', () => {
  const provider = new OpenidProvider();
  let desk: DeskApp;
  beforeAll(() => provider.start());
  afterAll(() => provider.stop());
  beforeEach(async () => {
    const { issuer, clientId, clientSecret } = provider;
    desk = await deskApp({ publicUrl: PUBLIC_URL, oidc: { issuer, clientId, clientSecret } });
    desk.store.people.push({ ...agentRow('agent', 'Hoa'), login: 'hoa@example.vn' });
    provider.claims = { email: 'Hoa@example.vn', email_verified: true };
    provider.wrongNonce = null;
  });

  const visit = (url: string, cookies: Record<string, string> = {}) =>
    desk.app.inject({ method: 'GET', url, headers: { host: 'desk.test' }, cookies });

  /** Leaves for the provider and comes back, as a browser would. */
  async function goAround(change: (address: URL) => void = () => undefined) {
    const left = await visit('/api/desk/oidc/start');
    const [kept] = left.cookies;
    const there = await fetch(left.headers.location ?? '', { redirect: 'manual' });
    const back = new URL(there.headers.get('location') ?? '');
    change(back);
    const again = () =>
      visit(back.pathname + back.search, { [kept?.name ?? '']: kept?.value ?? '' });
    return { answer: await again(), again };
  }

  it('lets in who is known here by a verified address, on record', async () => {
    const { answer } = await goAround();
    expect(answer.headers.location).toBe('/desk');
    const session = answer.cookies.find(({ name }) => name === 'desk');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    const me = await visit('/api/desk/me', { desk: session?.value ?? '' });
    expect(me.json()).toMatchObject({ agent: { name: 'Hoa', role: 'agent' } });
    expect(desk.store.trail).toMatchObject([{ action: 'signIn', detail: 'oidc' }]);
    expect(desk.logged()).not.toContain(provider.clientSecret);
  });

  it('lets in nobody else', async () => {
    const refused = async (claims: Record<string, unknown>) => {
      provider.claims = claims;
      return (await goAround()).answer.headers.location;
    };
    expect(await refused({ email: 'minh@example.vn', email_verified: true })).toContain('unknown');
    // Whoever may write any address into their account is not who has it.
    expect(await refused({ email: 'hoa@example.vn', email_verified: false })).toContain('unknown');
    expect(await refused({ email: 'hoa@example.vn' })).toContain('unknown');
    desk.store.people[0] = { ...agentRow('left', 'Hoa'), login: 'hoa@example.vn' };
    expect(await refused({ email: 'hoa@example.vn', email_verified: true })).toContain('unknown');
    expect(desk.store.sessions.size).toBe(0);
  });

  it('refuses another state, another nonce, a code that was used, and who never left', async () => {
    const failed = '/desk?signIn=failed';
    const forged = await goAround((back) => back.searchParams.set('state', 'another'));
    expect(forged.answer.headers.location).toBe(failed);
    provider.wrongNonce = 'of somebody else';
    expect((await goAround()).answer.headers.location).toBe(failed);
    provider.wrongNonce = null;
    const { again } = await goAround();
    expect((await again()).headers.location).toBe(failed);
    const stray = await visit('/api/desk/oidc/callback?code=1&state=2');
    expect(stray.headers.location).toBe(failed);
    expect(desk.store.sessions.size).toBe(1);
  });

  it('says so when the provider cannot be reached, and is offered only where it is set', async () => {
    const ways = async (app: DeskApp) =>
      WaysSchema.parse((await app.app.inject('/api/desk/ways')).json()).oidc;
    expect(await ways(desk)).toBe(true);
    expect(await ways(await deskApp())).toBe(false);
    const { clientId, clientSecret } = provider;
    const lost = await deskApp({
      publicUrl: PUBLIC_URL,
      oidc: { issuer: 'http://127.0.0.1:1', clientId, clientSecret },
    });
    const left = await lost.app.inject('/api/desk/oidc/start');
    expect(left.headers.location).toBe('/desk?signIn=failed');
  });
});
