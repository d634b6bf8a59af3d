import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedAgent } from '../../chaos/scripted-agent.ts';
import { Assistant } from '../../e2e/assistant.ts';
import { type Language, label, wordsOf } from '../../e2e/sentences.ts';
import { BesideDevices, codeIn } from '../../lan/beside-devices.ts';
import { labelPicture } from '../../pictures/index.ts';
import { BotServer } from './bot-api/bot-server.ts';
import { Person } from './person.ts';

describe('the LAN path with the scanner, in Telegram', () => {
  let server: BotServer;
  let assistant: Assistant;
  let agent: ScriptedAgent;
  let network: BesideDevices;
  beforeAll(async () => {
    server = await BotServer.start();
    assistant = await Assistant.begin({
      TELEGRAM_BOT_TOKEN: server.token,
      TELEGRAM_API_ROOT: server.root,
    });
    agent = new ScriptedAgent(() => assistant.url);
    await agent.setUp(assistant);
    const serials = ['D12345678', 'AD1234567', '123456789', 'E30000001', 'E30000002', 'E30000003'];
    network = await BesideDevices.stand(38_701, {
      ...Object.fromEntries(serials.map((serial) => [serial, 'true' as const])),
      D20000009: 'flase',
    });
  });
  afterAll(async () => {
    await network.leave();
    await assistant.remove();
    await server.stop();
  });

  it.each<{ language: Language; serial: string }>([
    { language: 'vi', serial: 'D12345678' },
    { language: 'en', serial: 'AD1234567' },
  ])(
    'pairs, pages, says what cannot be unbound, and sends the case: $language',
    async ({ language, serial }) => {
      const person = new Person(server, language);
      const button = (key: string) => label(language, key);
      person.starts();
      await person.presses(button('network.choice.lan'));
      await person.presses(button('lan.choice.scan'));
      const told = await person.hears(wordsOf(language, 'lan.code'));
      expect(told.text).toContain(`${assistant.url}/lan`);
      const code = codeIn(told.text);
      expect(await network.scans(assistant.url, code)).toMatchObject({ code: 0 });
      const list = await person.waitsFor(({ text }) => text.includes('1. '), 'the list');
      expect(list.text).toContain('192.168.1.64');
      await person.presses(button('serial.choice.more'));
      await person.presses('D20000009');
      await person.hears(wordsOf(language, 'lan.cannot.serviceOff'));
      await person.presses(button('lan.choice.other'));
      person.writes(serial);
      await person.hears(wordsOf(language, 'proof.ask'));
      person.sendsPhoto(
        await labelPicture({ serial, code: 'QWERTZ', model: 'DS-2CD2143G2-I', seed: 3 }),
      );
      await person.presses(button('consent.choice.yes'));
      await person.presses(button('review.choice.submit'));
      await person.hears(wordsOf(language, 'case.submitted').split('\n')[0] ?? '');
      await agent.approves(serial);
      await person.hears(wordsOf(language, 'case.unbound'));

      // The code has done its work: whoever finds it in the chat later can do nothing with it.
      const before = person.heard.length;
      const again = await network.scans(assistant.url, code);
      expect(again.code).toBe(1);
      expect(person.heard).toHaveLength(before);
      expect(server.calls.filter(({ answered }) => answered >= 400)).toEqual([]);
      expect(assistant.printed).not.toContain(code);
    },
  );
});
