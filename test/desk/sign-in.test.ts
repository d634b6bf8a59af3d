import { describe, expect, it } from 'vitest';
import { agentRow, codeOf, deskApp, login, ORIGIN, PASSWORD, signIn } from './desk-app.ts';

const MINUTE = 60_000;

describe('signing in', () => {
  it('gives a cookie that only this site sends and no script reads', async () => {
    const desk = await deskApp();
    desk.store.people.push(agentRow('agent', 'An'));
    const response = await login(desk.app, { login: ' AN ', password: PASSWORD });
    expect(response.statusCode).toBe(200);
    const [cookie] = response.cookies;
    expect(cookie).toMatchObject({
      name: 'desk',
      httpOnly: true,
      sameSite: 'Strict',
      path: '/api/desk',
      maxAge: 12 * 3600,
    });
    expect(cookie?.secure).toBeUndefined();
    expect(String(cookie?.value)).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify([...desk.store.sessions])).not.toContain(String(cookie?.value));
    expect(response.body).not.toContain('scrypt');
  });

  it('marks the cookie Secure where people come by https', async () => {
    const desk = await deskApp({ publicUrl: 'https://desk.test' });
    desk.store.people.push(agentRow('agent', 'An'));
    const response = await desk.app.inject({
      method: 'POST',
      url: '/api/desk/login',
      headers: { origin: 'https://desk.test' },
      payload: { login: 'an', password: PASSWORD },
    });
    expect(response.cookies[0]).toMatchObject({ secure: true });
  });

  it('says the same of a wrong password and of an unknown login, in the asked language', async () => {
    const desk = await deskApp();
    desk.store.people.push(agentRow('agent', 'An'));
    const wrong = await login(desk.app, { login: 'an', password: 'something else' });
    const unknown = await login(desk.app, { login: 'nobody', password: PASSWORD });
    expect(wrong.statusCode).toBe(401);
    expect(unknown.json()).toEqual(wrong.json());
    const english = await desk.app.inject({
      method: 'POST',
      url: '/api/desk/login',
      headers: { origin: ORIGIN, host: 'desk.test', 'accept-language': 'en' },
      payload: { login: 'an', password: 'something else' },
    });
    expect(english.json()).toEqual({
      error: {
        code: 'wrongPassword',
        message: 'The login or the password is not right. Please try again.',
      },
    });
  });

  it('stops guessing at one login from many addresses, and says until when', async () => {
    const desk = await deskApp();
    desk.store.people.push(agentRow('agent', 'An'));
    const attempt = (password: string, n: number) =>
      login(desk.app, { login: 'an', password }, `10.0.1.${n}`);
    for (let n = 0; n < 5; n++) expect((await attempt('wrong', n)).statusCode).toBe(401);
    const stopped = await attempt(PASSWORD, 6);
    expect(stopped.statusCode).toBe(429);
    expect(Number(stopped.headers['retry-after'])).toBe(15 * 60);
    expect(stopped.json().error.message).toContain('10:15');
    desk.clock.now += 15 * MINUTE;
    expect((await attempt(PASSWORD, 7)).statusCode).toBe(200);
  });

  it('forgets a session after 12 hours without a request, and prolongs a used one', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    desk.clock.now += 11 * 60 * MINUTE;
    const used = await agent.get('/me');
    expect(used.statusCode).toBe(200);
    expect(used.cookies[0]).toMatchObject({ name: 'desk', value: agent.cookie });
    desk.clock.now += 11 * 60 * MINUTE;
    expect((await agent.get('/me')).statusCode).toBe(200);
    desk.clock.now += 12 * 60 * MINUTE;
    const late = await agent.get('/me');
    expect(late.statusCode).toBe(401);
    expect(codeOf(late)).toBe('notSignedIn');
  });

  it('ends with signing out', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk, 'viewer');
    expect((await agent.post('/logout')).statusCode).toBe(200);
    expect((await agent.get('/me')).statusCode).toBe(401);
    expect(desk.store.sessions.size).toBe(0);
  });
});

describe('requests that change something', () => {
  it('are refused without the CSRF token of the session', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    const another = await signIn(desk, 'agent', 'Binh');
    for (const token of [undefined, '', another.csrf]) {
      const response = await agent.post('/logout', {}, { 'x-csrf-token': token });
      expect(response.statusCode).toBe(403);
      expect(codeOf(response)).toBe('staleForm');
    }
    expect((await agent.get('/me')).statusCode).toBe(200);
  });

  it('are refused from another origin, sign-in included', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    const outside = [{ origin: 'http://evil.test' }, { origin: 'null' }, { origin: undefined }];
    for (const headers of outside) {
      const response = await agent.post('/logout', {}, headers);
      expect(response.statusCode).toBe(403);
      expect(codeOf(response)).toBe('foreignOrigin');
    }
    const entry = await desk.app.inject({
      method: 'POST',
      url: '/api/desk/login',
      headers: { origin: 'http://evil.test' },
      payload: { login: 'an', password: PASSWORD },
    });
    expect(codeOf(entry)).toBe('foreignOrigin');
  });

  it('are taken without an origin when the browser vouches for the page itself', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    const headers = { origin: undefined, 'sec-fetch-site': 'same-origin' };
    expect((await agent.post('/logout', {}, headers)).statusCode).toBe(200);
  });
});
