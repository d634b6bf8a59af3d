import { describe, expect, it, onTestFinished } from 'vitest';
import { ZaloUser } from '../zalo-user.ts';
import { OaServer } from './oa-server.ts';

const DAY = 24 * 3_600_000;

async function startServer() {
  const server = await OaServer.start();
  onTestFinished(() => server.stop());
  const { access_token: token } = server.oauth.grant();
  const user = new ZaloUser(server);
  const post = async (path: string, body: unknown, access = token) => {
    const response = await fetch(server.root + path, {
      method: 'POST',
      headers: { access_token: access, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return ((await response.json()) as { error: number }).error;
  };
  const say = (message: unknown) =>
    post('/v3.0/oa/message/cs', { recipient: { user_id: user.person.id }, message });
  return { server, user, post, say };
}

const withButtons = (count: number) => ({
  text: 'Chọn',
  attachment: {
    type: 'template',
    payload: {
      buttons: Array.from({ length: count }, () => ({
        title: 'Có',
        type: 'oa.query.hide',
        payload: 'x',
      })),
    },
  },
});

describe('the loopback account refuses, within HTTP 200, what Zalo refuses', () => {
  it('texts over 2000 characters, decomposed ones, more than five buttons, unknown shapes', async () => {
    const { say } = await startServer();
    expect(await say({ text: 'a'.repeat(2000) })).toBe(0);
    expect(await say({ text: 'a'.repeat(2001) })).toBe(-210);
    expect(await say({ text: 'ờ'.normalize('NFD') })).toBe(-201);
    expect(await say(withButtons(5))).toBe(0);
    expect(await say(withButtons(6))).toBe(-210);
    expect(await say({ text: 'a', attachment: { type: 'image' } })).toBe(-201);
    expect(await say({})).toBe(-201);
  });

  it('persons out of the window, who do not follow, or who are unknown', async () => {
    const { server, user, say, post } = await startServer();
    user.person.lastInteraction = server.now() - 7 * DAY;
    expect(await say({ text: 'a' })).toBe(-230);
    user.person.follows = false;
    expect(await say({ text: 'a' })).toBe(-213);
    const nobody = { recipient: { user_id: '1' }, message: { text: 'a' } };
    expect(await post('/v3.0/oa/message/cs', nobody)).toBe(-201);
  });

  it('tokens that are wrong or ended, each host by its own code', async () => {
    const { server, post } = await startServer();
    const body = { user_id: '1' };
    expect(await post('/v3.0/oa/quota/message', body, 'wrong')).toBe(-216);
    expect(await post('/message/template', body, 'wrong')).toBe(-124);
    server.oauth.expireAll();
    expect(await post('/v3.0/oa/quota/message', body)).toBe(-220);
  });

  it('refresh tokens that were used, and codes with another verifier', async () => {
    const { server } = await startServer();
    const { refresh_token: token } = server.oauth.grant();
    const ask = async (fields: Record<string, string>) => {
      const response = await fetch(`${server.root}/v4/oa/access_token`, {
        method: 'POST',
        headers: { secret_key: server.appSecret },
        body: new URLSearchParams({ app_id: server.appId, ...fields }),
      });
      return (await response.json()) as { error?: number; access_token?: string };
    };
    const refresh = { grant_type: 'refresh_token', refresh_token: token };
    expect((await ask(refresh)).access_token).toBeDefined();
    expect((await ask(refresh)).error).toBe(-14014);
    expect(server.oauth.reused).toBe(1);
    const consent = new URLSearchParams({
      app_id: server.appId,
      redirect_uri: 'https://assistant.example.vn/back',
      code_challenge: 'a'.repeat(43),
      state: 's',
    });
    const code = new URL(server.oauth.consent(consent)).searchParams.get('code') ?? '';
    const exchange = { grant_type: 'authorization_code', code, code_verifier: 'b'.repeat(43) };
    expect((await ask(exchange)).error).toBe(-14019);
  });

  it('templates with other parameters, by id that go by phone only, and unknown phones', async () => {
    const { server, user, post } = await startServer();
    const data = { case_number: 'UB-1', serial: 'D1', status: 'x', updated_at: 'y' };
    const byUid = { user_id: user.person.id, template_id: server.templates.uid };
    const path = '/v3.0/oa/message/template';
    expect(await post(path, { ...byUid, template_data: data })).toBe(0);
    expect(await post(path, { ...byUid, template_data: { name: 'a' } })).toBe(-201);
    const phoneOnly = { ...byUid, template_id: server.templates.phone, template_data: data };
    expect(await post(path, phoneOnly)).toBe(-249);
    const byPhone = { phone: '84900000000', template_id: server.templates.phone };
    expect(await post('/message/template', { ...byPhone, template_data: data })).toBe(-108);
  });
});
