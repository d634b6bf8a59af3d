import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedAgent } from '../../chaos/scripted-agent.ts';
import { sadpA, sadpB } from '../../conversations/strings.ts';
import { Assistant } from '../../e2e/assistant.ts';
import { type Language, label, wordsOf } from '../../e2e/sentences.ts';
import { labelPicture } from '../../pictures/index.ts';
import { BotServer } from './bot-api/bot-server.ts';
import { Person } from './person.ts';

const PUBLIC_URL = 'https://assistant.example.vn';
const CODE = 'QWERTZ';

const labelOf = (serial: string) =>
  labelPicture({ serial, code: CODE, model: 'DS-2CD2143G2-I', seed: 3 });

/** Everything typed or pressed; the string as an exported file. */
async function otherNetwork(person: Person, language: Language, serial: string): Promise<void> {
  person.starts();
  await person.hears(wordsOf(language, 'greeting.hello').slice(0, 40));
  await person.presses(label(language, 'network.choice.other'));
  await person.hears(wordsOf(language, 'serial.ask'));
  person.writes(serial);
  await person.hears(wordsOf(language, 'proof.ask'));
  person.sendsPhoto(await labelOf(serial));
  await person.hears(wordsOf(language, 'sadpString.ask'));
  person.sendsFile(`[${serial}]-[202611241000].xml`, Buffer.from(sadpB(serial)), 'text/xml');
  await person.hears(wordsOf(language, 'sadpString.taken'));
  await person.presses(label(language, 'consent.choice.yes'));
  await person.presses(label(language, 'review.choice.submit'));
}

/** Serial and proof from one label photo, which came as a document; the string pasted in pieces. */
async function lan(person: Person, language: Language, serial: string): Promise<void> {
  const string = sadpA(serial);
  person.starts();
  await person.presses(label(language, 'network.choice.lan'));
  await person.hears(wordsOf(language, 'serial.ask'));
  person.sendsFile('IMG_2107.jpg', await labelOf(serial), 'image/jpeg');
  await person.hears(serial);
  await person.presses(label(language, 'serial.choice.yes'));
  await person.hears(wordsOf(language, 'sadpString.askUnsighted'));
  person.writes(string.slice(0, 61));
  person.writes(string.slice(61));
  await person.hears(wordsOf(language, 'sadpString.taken'));
  await person.presses(label(language, 'consent.choice.yes'));
  await person.presses(label(language, 'review.choice.submit'));
}

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
    server.updates.addresses.set(PUBLIC_URL, assistant.url);
    agent = new ScriptedAgent(() => assistant.url);
    await agent.setUp(() => assistant.setupLink);
  });
  afterAll(async () => {
    await assistant.remove();
    await server.stop();
  });

  it.each([
    { language: 'vi' as const, network: 'other', serial: 'D12345678', go: otherNetwork },
    { language: 'en' as const, network: 'other', serial: 'AD1234567', go: otherNetwork },
    { language: 'vi' as const, network: 'LAN', serial: '123456789', go: lan },
    { language: 'en' as const, network: 'LAN', serial: 'Q87654321', go: lan },
  ])('the $network network, $language', async ({ language, serial, go }) => {
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
