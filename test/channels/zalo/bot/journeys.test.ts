import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedAgent } from '../../../chaos/scripted-agent.ts';
import { exportName, sadpA, sadpB } from '../../../conversations/strings.ts';
import { Assistant } from '../../../e2e/assistant.ts';
import { type Language, label, submitLabel, wordsOf } from '../../../e2e/sentences.ts';
import { labelPicture, sadpQrPicture } from '../../../pictures/index.ts';
import { Person } from './person.ts';
import { BotPlatform } from './server/bot-platform.ts';

const PUBLIC_URL = 'https://assistant.example.vn';
/** Stands on every label; nobody ever sees it. */
const CODE = 'QWERTZ';

const labelOf = (serial: string) =>
  labelPicture({ serial, code: CODE, model: 'DS-2CD2143G2-I', seed: 3 });

interface Journey {
  person: Person;
  language: Language;
  serial: string;
  /** Where the assistant really is. */
  url: string;
}

async function consents({ person, language }: Journey): Promise<void> {
  await person.hears(wordsOf(language, 'sadpString.taken'));
  await person.picks(label(language, 'consent.choice.yes'));
  await person.picks(submitLabel(language));
}

/** The string as the exported file, which the link brings. */
async function otherNetwork(journey: Journey): Promise<void> {
  const { person, language, serial, url } = journey;
  await person.picks(label(language, 'network.choice.other'));
  await person.hears(wordsOf(language, 'serial.ask'));
  person.writes(serial);
  await person.hears(wordsOf(language, 'proof.ask'));
  person.sendsPhoto(await labelOf(serial));
  await person.hears(wordsOf(language, 'sadpString.ask'));
  const name = exportName(serial);
  const file = { name, bytes: Buffer.from(sadpB(serial)), mime: 'text/xml' };
  expect((await person.uploads(url, [file])).status).toBe(202);
  await consents(journey);
}

/** The string as a photo of its QR code. */
async function otherNetworkByQr(journey: Journey): Promise<void> {
  const { person, language, serial } = journey;
  await person.picks(label(language, 'network.choice.other'));
  await person.hears(wordsOf(language, 'serial.ask'));
  person.sendsPhoto(await labelOf(serial));
  await person.hears(serial);
  await person.picks(label(language, 'serial.choice.yes'));
  await person.hears(wordsOf(language, 'sadpString.ask'));
  person.sendsPhoto(await sadpQrPicture(sadpA(serial)));
  await consents(journey);
}

/** Serial and proof from one photo; the string pasted in pieces. */
async function lan(journey: Journey): Promise<void> {
  const { person, language, serial } = journey;
  const string = sadpA(serial);
  await person.picks(label(language, 'network.choice.lan'));
  await person.hears(wordsOf(language, 'serial.ask'));
  person.sendsPhoto(await labelOf(serial));
  await person.hears(serial);
  await person.picks(label(language, 'serial.choice.yes'));
  await person.hears(wordsOf(language, 'sadpString.askUnsighted'));
  person.writes(string.slice(0, 61));
  person.writes(string.slice(61));
  await consents(journey);
}

describe.each([
  { way: 'a webhook', settings: { PUBLIC_URL } as Record<string, string>, other: otherNetwork },
  { way: 'polling', settings: {} as Record<string, string>, other: otherNetworkByQr },
])('from greeting to "unbound" with a Zalo bot by $way', ({ way, settings, other }) => {
  let platform: BotPlatform;
  let assistant: Assistant;
  let agent: ScriptedAgent;
  beforeAll(async () => {
    platform = await BotPlatform.start();
    // As the documentation has it; the conformance tests have it as it arrives.
    platform.updates.wrapped = true;
    assistant = await Assistant.begin({
      ZALO_BOT_TOKEN: platform.token,
      ZALO_BOT_API_ROOT: platform.root,
      ...settings,
    });
    platform.updates.addresses.set(PUBLIC_URL, assistant.url);
    agent = new ScriptedAgent(() => assistant.url);
    await agent.setUp(assistant);
  });
  afterAll(async () => {
    await assistant.remove();
    await platform.stop();
  });

  it.each([
    { network: 'other', language: 'vi' as const, serial: 'D12345678', go: other, hello: 'chào em' },
    { network: 'LAN', language: 'vi' as const, serial: '123456789', go: lan, hello: 'xin chào' },
    { network: 'other', language: 'en' as const, serial: 'AD1234567', go: other, hello: 'hello' },
  ])(
    'the $network network, $language',
    async ({ language, serial, go, hello }) => {
      const person = new Person(platform);
      person.patience = 20_000;
      person.writes(hello);
      await person.hears(wordsOf(language, 'greeting.hello').slice(0, 40));
      await go({ person, language, serial, url: assistant.url });
      await person.hears(wordsOf(language, 'case.submitted').split('\n')[0] ?? '');
      await agent.approves(serial);
      await person.hears(wordsOf(language, 'case.unbound'));
      const all = person.heard.map(({ text }) => text).join('\n');
      for (const secret of [CODE, 'AwAA', '//8AAD']) expect(all).not.toContain(secret);
      const refused = platform.calls.filter(({ answered }) => answered >= 400 && answered !== 408);
      expect(refused).toEqual([]);
    },
    60_000,
  );

  it('prints neither the token nor what is secret, and warns where messages may be lost', async () => {
    const hidden = [platform.token.split(':')[1] ?? '', sadpA('123456789').slice(0, 40), CODE];
    for (const one of hidden) expect(assistant.printed).not.toContain(one);
    expect(assistant.printed.includes('for trials only')).toBe(way === 'polling');
    for (const { text } of [...platform.chats.values()].flatMap(({ messages }) => messages)) {
      const token = /\/u\/([\w-]{43})/.exec(text)?.[1];
      if (token) expect(assistant.printed).not.toContain(token);
    }
  });
});
