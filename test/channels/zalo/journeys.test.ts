import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedAgent } from '../../chaos/scripted-agent.ts';
import { sadpA } from '../../conversations/strings.ts';
import { Assistant } from '../../e2e/assistant.ts';
import { wordsOf } from '../../e2e/sentences.ts';
import { CODE, JOURNEYS, type Traveller } from '../telegram/steps.ts';
import { OaServer } from './oa-server/oa-server.ts';
import { ZaloUser } from './zalo-user.ts';

const PUBLIC_URL = 'https://assistant.example.vn';

/** Zalo's follow tells no language: who wants English says so. */
function traveller(user: ZaloUser, language: 'vi' | 'en'): Traveller {
  return {
    starts: () => (language === 'vi' ? user.starts() : user.writes('English')),
    writes: (text) => user.writes(text),
    presses: (text) => user.presses(text),
    sendsPhoto: (bytes) => user.sendsPhoto(bytes),
    sendsFile: (name, bytes) => user.sendsFile(name, bytes),
    hears: (text) => user.hears(text),
  };
}

describe('from connecting the account to "unbound" on Zalo', () => {
  let server: OaServer;
  let assistant: Assistant;
  let agent: ScriptedAgent;
  beforeAll(async () => {
    server = await OaServer.start();
    assistant = await Assistant.begin({
      PUBLIC_URL,
      ZALO_OA_APP_ID: server.appId,
      ZALO_OA_APP_SECRET: server.appSecret,
      ZALO_OA_SECRET_KEY: server.events.secretKey,
      ZALO_OA_API_ROOT: server.root,
      ZALO_OA_OAUTH_ROOT: server.root,
      ZALO_ZBS_API_ROOT: server.root,
      ZALO_FILES_LOCAL: '1',
      ZALO_SITE_VERIFICATION: 'GkRa5O6GTXL3ukCJdz5W',
    });
    server.events.url = `${assistant.url}/webhooks/zalo-oa`;
    agent = new ScriptedAgent(() => assistant.url);
    await agent.setUp(assistant);
  });
  afterAll(async () => {
    await assistant.remove();
    await server.stop();
  });

  /** What the admin's browser does; answers where it ends. */
  const consents = async (change: (back: URL) => void = () => {}): Promise<string> => {
    const asked = await fetch(await agent.beginsZalo(), { redirect: 'manual' });
    const back = new URL(asked.headers.get('location') ?? '');
    expect(back.origin).toBe(PUBLIC_URL);
    change(back);
    const ended = await fetch(assistant.url + back.pathname + back.search, { redirect: 'manual' });
    expect(ended.status).toBe(303);
    return ended.headers.get('location') ?? '';
  };

  it('proves that the domain is ours, and that the webhook is there', async () => {
    const page = await fetch(`${assistant.url}/zalo_verifierGkRa5O6GTXL3ukCJdz5W.html`);
    expect(await page.text()).toContain('content="GkRa5O6GTXL3ukCJdz5W"');
    expect(await server.events.post({ body: '' }, {})).toBe(200);
    expect(await server.events.post({ body: '{}' }, {})).toBe(200);
    expect(await server.events.post({ body: '{"a":1}' }, {})).toBe(404);
  });

  it('is connected by the consent that this desk began, once', async () => {
    expect(await agent.zaloStands()).toMatchObject({ configured: true, state: 'notConnected' });
    expect(await consents((back) => back.searchParams.set('state', 'made up'))).toMatch(/stale$/);
    expect(await consents((back) => back.searchParams.delete('code'))).toMatch(/declined$/);
    expect(await consents((back) => back.searchParams.set('code', 'another'))).toMatch(/refused$/);
    let again = '';
    const done = await consents((back) => {
      again = back.pathname + back.search;
    });
    expect(done).toBe('/desk#/zalo/done');
    expect(await agent.zaloStands()).toMatchObject({ state: 'connected', oaId: server.oaId });
    const twice = await fetch(assistant.url + again, { redirect: 'manual' });
    expect(twice.headers.get('location')).toMatch(/stale$/);
  });

  it.each(JOURNEYS)('the $network network, $language', async ({ language, serial, go }) => {
    const user = new ZaloUser(server);
    user.patience = 15_000;
    await go(traveller(user, language), language, serial);
    await user.hears(wordsOf(language, 'case.submitted').split('\n')[0] ?? '');
    await agent.approves(serial);
    await user.hears(wordsOf(language, 'case.unbound'));
    const all = user.person.messages.map(({ text }) => text).join('\n');
    for (const secret of [CODE, 'AwAA', '//8AAD']) expect(all).not.toContain(secret);
    expect(server.calls.filter(({ error }) => error !== 0 && error !== -14019)).toEqual([]);
  });

  it('answers every delivery well within two seconds, and prints nothing secret', async () => {
    const slowest = Math.max(...server.events.answers.map(({ ms }) => ms));
    expect(slowest).toBeLessThan(2_000);
    const hidden = [server.appSecret, server.events.secretKey, ...server.oauth.tokens];
    for (const secret of [...hidden, sadpA('123456789').slice(0, 40), CODE]) {
      expect(assistant.printed).not.toContain(secret);
    }
  });
});
