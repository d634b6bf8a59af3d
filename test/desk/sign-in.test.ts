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
    expect(String(cookie?.value)).toMatch(/^[\w-]{43}\.[0-9a-z]+$/);
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
    expect(response.cookies[0]).toMatchObject({ name: '__Host-desk', path: '/', secure: true });
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

  it('stops guessing at one login, and says until when', async () => {
    const desk = await deskApp();
    desk.store.people.push(agentRow('agent', 'An'));
    const attempt = (password: string) => login(desk.app, { login: 'an', password }, '10.0.1.1');
    for (let n = 0; n < 5; n++) expect((await attempt('wrong')).statusCode).toBe(401);
    const stopped = await attempt(PASSWORD);
    expect(stopped.statusCode).toBe(429);
    expect(Number(stopped.headers['retry-after'])).toBe(15 * 60);
    expect(stopped.json().error.message).toContain('10:15');
    desk.clock.now += 15 * MINUTE;
    expect((await attempt(PASSWORD)).statusCode).toBe(200);
  });

  it('records who failed at a login that exists, and nothing of one that does not', async () => {
    const desk = await deskApp();
    desk.store.people.push(agentRow('agent', 'An'));
    await login(desk.app, { login: 'an', password: 'wrong' });
    await login(desk.app, { login: 'made-up', password: 'wrong' });
    expect(desk.store.trail).toMatchObject([{ action: 'signIn.fail', subject: 'id-An' }]);
  });

  it('ends after 24 hours however busy the page is', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    for (let hour = 1; hour < 24; hour++) {
      desk.clock.now += 60 * MINUTE;
      expect((await agent.get('/me')).statusCode).toBe(200);
    }
    desk.clock.now += 60 * MINUTE;
    expect(codeOf(await agent.get('/me'))).toBe('notSignedIn');
  });

  it('takes no cookie whose beginning was written anew', async () => {
    const desk = await deskApp();
    const { cookie } = await signIn(desk);
    const later = `${cookie.split('.')[0]}.${(desk.clock.now + 60 * MINUTE).toString(36)}`;
    const ask = (value: string) =>
      desk.app.inject({
        method: 'GET',
        url: '/api/desk/me',
        headers: { host: 'desk.test', cookie: `desk=${value}` },
      });
    expect((await ask(later)).statusCode).toBe(401);
    expect((await ask(cookie)).statusCode).toBe(200);
  });

  it('again ends the session that this browser had', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    await desk.app.inject({
      method: 'POST',
      url: '/api/desk/login',
      headers: { origin: ORIGIN, host: 'desk.test', cookie: `desk=${agent.cookie}` },
      payload: { login: 'an', password: PASSWORD },
    });
    expect((await agent.get('/me')).statusCode).toBe(401);
    expect(desk.store.sessions.size).toBe(1);
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

describe('a password of one’s own', () => {
  const password = 'con mèo trèo cây cau';

  it('is changed by who knows the present one; other browsers are signed out', async () => {
    const desk = await deskApp();
    const here = await signIn(desk, 'viewer');
    const there = await signIn(desk, 'viewer');
    const changed = await here.post('/me/password', { current: PASSWORD, password });
    expect(changed.statusCode).toBe(200);
    expect((await here.get('/me')).statusCode).toBe(200);
    expect((await there.get('/me')).statusCode).toBe(401);
    expect((await login(desk.app, { login: 'an', password })).statusCode).toBe(200);
    expect(desk.store.trail.map(({ action }) => action)).toContain('password.change');
  });

  it('stays when the present one is wrong, and guessing at it stops', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    const attempt = (current: string) => agent.post('/me/password', { current, password });
    for (let n = 0; n < 5; n++) expect(codeOf(await attempt('x'))).toBe('wrongCurrentPassword');
    expect(codeOf(await attempt(PASSWORD))).toBe('tooManyTries');
  });

  it('is not one that is easy to guess', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    const weak = await agent.post('/me/password', {
      current: PASSWORD,
      password: 'matkhau matkhau',
    });
    expect(codeOf(weak)).toBe('passwordGuessable');
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
