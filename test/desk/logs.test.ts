import { expect, it } from 'vitest';
import { deskApp, ORIGIN, PASSWORD, signIn } from './desk-app.ts';

it('a day at the desk leaves no cookie, token or password in the log', async () => {
  const desk = await deskApp();
  const link = new URL((await desk.setup.offer(ORIGIN)) ?? '');
  const token = link.hash.slice(1);
  await desk.app.inject({
    method: 'POST',
    url: '/api/desk/setup',
    headers: { origin: ORIGIN, host: 'desk.test' },
    payload: { token, name: 'An', login: 'first', password: PASSWORD },
  });
  const agent = await signIn(desk);
  await agent.get('/me?x=1');
  await agent.post('/conversations/none/say', { id: 'x', text: PASSWORD });
  desk.store.casesForDesk = () => Promise.reject(new Error(`lost ${agent.cookie}`));
  expect((await agent.get('/cases')).statusCode).toBe(500);
  await agent.post('/logout');
  const logged = desk.logged();
  expect(logged).toContain('/api/desk/setup');
  expect(logged).toContain('a request failed');
  for (const secret of [token, agent.cookie, agent.csrf, PASSWORD, 'cookie', 'scrypt']) {
    expect(logged).not.toContain(secret);
  }
});
