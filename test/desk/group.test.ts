import { describe, expect, it } from 'vitest';
import { codeOf, deskApp, signIn } from './desk-app.ts';

describe("the desk and the agents' Telegram group", () => {
  it('gives a code to whoever is signed in, and to nobody else', async () => {
    const linked = new Set(['id-An']);
    const desk = await deskApp({
      groupPeople: {
        offerCode: async (agentId) => ({ code: `code of ${agentId}`, expiresAt: 7 }),
        isLinked: async (agentId) => linked.has(agentId),
        unlink: async (agentId) => void linked.delete(agentId),
      },
    });
    const an = await signIn(desk);
    expect((await an.get('/me/telegram')).json()).toEqual({ configured: true, linked: true });
    const offer = { code: 'code of id-An', expiresAt: 7 };
    expect((await an.post('/me/telegram/code')).json()).toEqual(offer);
    await an.post('/me/telegram/unlink');
    expect((await an.get('/me/telegram')).json()).toEqual({ configured: true, linked: false });
    const viewer = await signIn(desk, 'viewer', 'Vy');
    expect(codeOf(await viewer.post('/me/telegram/code'))).toBe('viewerReads');
    const stranger = { method: 'GET' as const, url: '/api/desk/me/telegram' };
    expect(codeOf(await desk.app.inject(stranger))).toBe('notSignedIn');
  });

  it('says so where there is no group', async () => {
    const an = await signIn(await deskApp());
    expect((await an.get('/me/telegram')).json()).toEqual({ configured: false, linked: false });
    const refused = await an.post('/me/telegram/code');
    expect(codeOf(refused)).toBe('noGroup');
    expect(refused.json<{ error: { message: string } }>().error.message).toContain(
      'telegram-forum',
    );
  });
});
