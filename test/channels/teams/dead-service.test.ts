import { expect, it, onTestFinished, vi } from 'vitest';
import { createTeamsChannel } from '../../../src/channels/teams/teams-channel.ts';
import { wordsOf } from '../../e2e/sentences.ts';
import { House } from '../contract/house.ts';
import { startServer } from './lone-channel.ts';
import { Person } from './person.ts';
import { optionsOf } from './settings.ts';

it('a chat whose service is dead holds up no other, and is answered once it lives again', async () => {
  const server = await startServer();
  const pauses = { call: 6_000, download: 2_000, webhook: 5_000 };
  const house = await House.build((rooms) =>
    createTeamsChannel({ ...rooms, ...optionsOf(server), pauses }),
  );
  onTestFinished(() => house.remove());
  server.deliveries.address = house.url;
  const [minh, ...others] = Array.from({ length: 6 }, () => new Person(server));
  await minh?.writes('xin chào');
  await minh?.hears(wordsOf('vi', 'network.ask'));
  server.next(minh?.chat.id ?? '', { breaks: 'never' });
  const before = server.calls.length;
  await minh?.writes('mạng khác');
  await vi.waitFor(() => expect(server.calls.length).toBeGreaterThan(before), { timeout: 5_000 });
  await Promise.all(
    others.map(async (person) => {
      await person.writes('xin chào');
      await person.hears(wordsOf('vi', 'network.ask'));
    }),
  );
  expect(minh?.heard.map(({ text }) => text).join()).not.toContain(wordsOf('vi', 'serial.ask'));
  await minh?.hears(wordsOf('vi', 'serial.ask'));
});
