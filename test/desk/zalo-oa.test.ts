import { describe, expect, it } from 'vitest';
import { ConsentSchema, ZaloOaSchema } from '../../src/desk/wire/zalo-oa.ts';
import { codeOf, deskApp, signIn } from './desk-app.ts';

const CONNECTED = {
  state: 'connected',
  oaId: '388613280878808645',
  endsAt: 2,
  accessEndsAt: 1,
  canConnect: true,
} as const;

describe('connecting Zalo from the desk', () => {
  it('shows an admin how the account stands, and leads to the consent', async () => {
    const begun: string[] = [];
    const zaloOa = {
      status: async () => CONNECTED,
      begin: async (agentId: string) => {
        begun.push(agentId);
        return 'https://oauth.zaloapp.com/v4/oa/permission?state=s';
      },
    };
    const admin = await signIn(await deskApp({ zaloOa }), 'admin');
    const view = ZaloOaSchema.parse((await admin.get('/zalo-oa')).json());
    expect(view).toEqual({ configured: true, ...CONNECTED });
    const { url } = ConsentSchema.parse((await admin.post('/zalo-oa/connect')).json());
    expect(url).toContain('oauth.zaloapp.com');
    expect(begun).toEqual(['id-An']);
  });

  it('says what is missing: the settings, or the public address', async () => {
    const bare = await signIn(await deskApp(), 'admin');
    const view = ZaloOaSchema.parse((await bare.get('/zalo-oa')).json());
    expect(view.configured).toBe(false);
    expect(codeOf(await bare.post('/zalo-oa/connect'))).toBe('noZaloOa');
    const zaloOa = { status: async () => CONNECTED, begin: async () => null };
    const hidden = await signIn(await deskApp({ zaloOa }), 'admin');
    expect(codeOf(await hidden.post('/zalo-oa/connect'))).toBe('noPublicUrl');
  });

  it.each(['agent', 'viewer'] as const)('is not for %ss', async (role) => {
    const someone = await signIn(await deskApp(), role);
    expect(codeOf(await someone.get('/zalo-oa'))).toBe('adminsOnly');
    expect((await someone.post('/zalo-oa/connect')).statusCode).toBe(403);
  });
});
