import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedAgent } from '../../chaos/scripted-agent.ts';
import { sadpA } from '../../conversations/strings.ts';
import { Assistant } from '../../e2e/assistant.ts';
import { wordsOf } from '../../e2e/sentences.ts';
import { CODE, JOURNEYS } from '../telegram/steps.ts';
import { ConnectorServer } from './bot-connector/connector-server.ts';
import { Person } from './person.ts';
import { settingsOf } from './settings.ts';

describe('from greeting to "unbound" in Teams', () => {
  let server: ConnectorServer;
  let assistant: Assistant;
  let agent: ScriptedAgent;
  beforeAll(async () => {
    server = await ConnectorServer.start();
    assistant = await Assistant.begin(settingsOf(server));
    server.deliveries.address = assistant.url;
    agent = new ScriptedAgent(() => assistant.url);
    await agent.setUp(assistant);
  });
  afterAll(async () => {
    await assistant.remove();
    await server.stop();
  });

  it.each(JOURNEYS)('the $network network, $language', async ({ language, serial, go }) => {
    const person = new Person(server, language);
    if (language === 'en') person.presser = 'Submit';
    await go(person, language, serial);
    await person.hears(wordsOf(language, 'case.submitted').split('\n')[0] ?? '');
    const card = await person.waitsFor(isCaseCard, 'the card of the case');
    expect(card.text).toContain(serial);
    await agent.approves(serial);
    await person.hears(wordsOf(language, 'case.unbound'));
    const state = language === 'vi' ? 'Đã gỡ liên kết' : 'Unbound';
    const changed = await person.waitsFor(
      (one) => isCaseCard(one) && one.text.includes(state),
      'the card of the case as it ended',
    );
    expect(changed.id).toBe(card.id);
    expect(person.heard.filter(isCaseCard)).toHaveLength(1);
    const all = person.heard.map(({ text }) => text).join('\n');
    for (const secret of [CODE, 'AwAA', '//8AAD']) expect(all).not.toContain(secret);
    const refused = server.calls.filter(({ answered }) => answered >= 400 && answered !== 429);
    expect(refused).toEqual([]);
    expect(server.deliveries.answers.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('pushes a decision after a restart, to the address that it kept', async () => {
    const person = new Person(server, 'vi');
    const serial = 'D55512345';
    const [journey] = JOURNEYS;
    await journey?.go(person, 'vi', serial);
    await person.hears(wordsOf('vi', 'case.submitted').split('\n')[0] ?? '');
    await assistant.stop();
    await assistant.start();
    await agent.approves(serial);
    await person.hears(wordsOf('vi', 'case.unbound'));
  });

  it('prints neither the secret of the bot, nor its tokens, nor what is secret of a case', () => {
    const links = [...server.files.keys()];
    const tokens = [...server.identity.given].map((token) => token.slice(-40));
    const hidden = [server.identity.password, ...tokens, ...links];
    for (const secret of [...hidden, sadpA('123456789').slice(0, 40), CODE]) {
      expect(assistant.printed).not.toContain(secret);
    }
    expect(server.identity.asked).toBeLessThan(10);
  });
});

/** The card that tells the steps of a case. */
function isCaseCard({ text }: { text: string }): boolean {
  return /^(Diễn biến|What happened)/m.test(text);
}
