import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedAgent } from '../../chaos/scripted-agent.ts';
import { sadpA } from '../../conversations/strings.ts';
import { Assistant } from '../../e2e/assistant.ts';
import { wordsOf } from '../../e2e/sentences.ts';
import { BotServer } from './bot-api/bot-server.ts';
import { Person } from './person.ts';
import { CODE, JOURNEYS } from './steps.ts';

const PUBLIC_URL = 'https://assistant.example.vn';

describe.each([
  { way: 'polling', settings: {} as Record<string, string> },
  { way: 'a webhook', settings: { PUBLIC_URL } },
])('from greeting to "unbound" in Telegram by $way', ({ settings }) => {
  let server: BotServer;
  let assistant: Assistant;
  let agent: ScriptedAgent;
  beforeAll(async () => {
    server = await BotServer.start();
    assistant = await Assistant.begin({
      TELEGRAM_BOT_TOKEN: server.token,
      TELEGRAM_API_ROOT: server.root,
      ...settings,
    });
    server.updates.addresses.set(PUBLIC_URL, () => assistant.url);
    agent = new ScriptedAgent(() => assistant.url);
    await agent.setUp(assistant);
  });
  afterAll(async () => {
    await assistant.remove();
    await server.stop();
  });

  it.each(JOURNEYS)('the $network network, $language', async ({ language, serial, go }) => {
    const person = new Person(server, language);
    await go(person, language, serial);
    await person.hears(wordsOf(language, 'case.submitted').split('\n')[0] ?? '');
    await agent.approves(serial);
    await person.hears(wordsOf(language, 'case.unbound'));
    const all = person.heard.map(({ text }) => text).join('\n');
    for (const secret of [CODE, 'AwAA', '//8AAD']) expect(all).not.toContain(secret);
    expect(server.calls.filter(({ answered }) => answered >= 400)).toEqual([]);
  });

  it('registers its commands, and prints neither the token nor what is secret', async () => {
    expect(server.commands.get('vi')?.map(({ command }) => command)).toContain('hoso');
    expect(server.commands.get('en')?.map(({ command }) => command)).toContain('status');
    const secret = server.token.split(':')[1] ?? '';
    for (const hidden of [secret, sadpA('123456789').slice(0, 40), CODE]) {
      expect(assistant.printed).not.toContain(hidden);
    }
    expect(server.updates.conflicts).toBe(0);
  });
});
