import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { ScriptedAgent } from '../../../chaos/scripted-agent.ts';
import { Assistant } from '../../../e2e/assistant.ts';
import { wordsOf } from '../../../e2e/sentences.ts';
import { JOURNEYS } from '../steps.ts';
import { Beside } from './beside.ts';
import { EmulatedPerson } from './emulated-person.ts';
import { createEmulator, type Emulator } from './emulator.ts';

const PUBLIC_URL = 'https://assistant.example.vn';
const TOKEN = '123456789:AAF-abcdefghijklmnopqrstuvwxyz01234';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

// A Bot API server that nobody here wrote.
describe.each([
  { way: 'polling', settings: {} as Record<string, string> },
  { way: 'a webhook', settings: { PUBLIC_URL } },
])('with telegram-test-api by $way', ({ settings }) => {
  let server: Emulator;
  let beside: Beside;
  let assistant: Assistant;
  let agent: ScriptedAgent;
  beforeAll(async () => {
    server = createEmulator(await freePort());
    await server.start();
    beside = await Beside.start(server.config.apiURL);
    assistant = await Assistant.begin({
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: beside.root,
      ...settings,
    });
    beside.addresses.set(PUBLIC_URL, assistant.url);
    agent = new ScriptedAgent(() => assistant.url);
    await agent.setUp(assistant);
  });
  afterAll(async () => {
    await assistant.remove();
    await beside.stop();
    await server.stop();
  });

  it.each(JOURNEYS)('the $network network, $language, to "unbound"', async (journey) => {
    const { language, serial, go } = journey;
    const id = 7_000 + JOURNEYS.indexOf(journey);
    const person = new EmulatedPerson(server, beside, { token: TOKEN, id, language });
    await go(person, language, serial);
    await person.hears(wordsOf(language, 'case.submitted').split('\n')[0] ?? '');
    await agent.approves(serial);
    await person.hears(wordsOf(language, 'case.unbound'));
  });
});
