import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTelegramChannel } from '../../../src/channels/telegram/telegram-channel.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import { sadpA } from '../../conversations/strings.ts';
import { label, submitLabel, wordsOf } from '../../e2e/sentences.ts';
import { House } from '../contract/house.ts';
import type { BotServer } from './bot-api/bot-server.ts';
import { PAUSES, startServer } from './lone-channel.ts';
import { Person } from './person.ts';

const quality = { width: 1200, height: 900, sharpness: 100, brightness: 120, contrast: 50 };
const reading: Reading = {
  outcome: 'read',
  serials: [{ short: 'D12345678', by: 'qrCode', confidence: 1, anchored: true }],
  shareQr: false,
  quality,
};
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
const vn = (key: string) => wordsOf('vi', key);

async function build(): Promise<{ server: BotServer; house: House }> {
  const server = await startServer();
  const house = await House.build((rooms) =>
    createTelegramChannel({
      ...rooms,
      token: server.token,
      apiRoot: server.root,
      webhook: null,
      pauses: PAUSES,
    }),
  );
  onTestFinished(() => house.remove());
  house.reader = async () => ({ reading });
  return { server, house };
}

/** Sends a case of the LAN path with this serial. */
async function sendsCase(person: Person, house: House): Promise<string> {
  person.writes('mạng khác');
  await person.hears(vn('serial.ask'));
  person.writes('D12345678');
  await person.hears(vn('proof.ask'));
  person.sendsPhoto(JPEG);
  await person.hears(vn('proof.shown'));
  person.writes(sadpA());
  await person.presses(label('vi', 'consent.choice.yes'));
  await person.presses(submitLabel('vi'));
  await person.hears('UB-');
  const [row] = await house.store.casesForDesk({ open: true, limit: 1 });
  return row?.number ?? '';
}

describe('in Telegram', () => {
  it('a start greets, in the language of the app', async () => {
    const { server } = await build();
    const anna = new Person(server, 'en-GB');
    anna.starts();
    await anna.hears(wordsOf('en', 'network.ask'));
    const minh = new Person(server, 'fr');
    minh.starts();
    await minh.hears(vn('network.ask'));
  });

  it('a pressed button is answered at once, and what it stood for is taken away', async () => {
    const { server } = await build();
    const minh = new Person(server);
    minh.starts();
    const question = await minh.hears(vn('network.ask'));
    await minh.presses(label('vi', 'network.choice.other'));
    await minh.hears(vn('serial.ask'));
    expect(minh.chat.toasts).toEqual([label('vi', 'network.choice.other')]);
    await vi.waitFor(() => expect(question.keyboard).toBeNull());
    expect(server.queries.size).toBe(0);
  });

  it('a button that means the same at every time stays', async () => {
    const { server } = await build();
    const minh = new Person(server);
    minh.starts();
    const greeting = await minh.hears(vn('greeting.hello').slice(0, 30));
    await minh.presses(label('vi', 'choice.tipOnTheSpot'));
    await minh.hears(vn('tips.onTheSpot'));
    expect(greeting.keyboard?.inline_keyboard.flat()).toHaveLength(3);
  });

  it('a photo is answered by one message that changes, with typing meanwhile', async () => {
    const { server, house } = await build();
    const minh = new Person(server);
    let read = (_: { reading: Reading }) => {};
    house.reader = () => new Promise((done) => (read = done));
    minh.writes('mạng khác');
    await minh.hears(vn('serial.ask'));
    minh.sendsPhoto(JPEG, { caption: 'gỡ giúp em con này' });
    const progress = await minh.hears('Em đang xem');
    expect(minh.chat.actions).toEqual(['typing']);
    const before = minh.heard.length;
    read({ reading });
    await vi.waitFor(() => expect(progress.text).toContain('D12345678'));
    expect(minh.heard).toHaveLength(before);
    await minh.presses(label('vi', 'serial.choice.yes'));
  });

  it('a photo that is sent as a file is a photo, and a file that is a picture too', async () => {
    const { server, house } = await build();
    const minh = new Person(server);
    minh.writes('mạng khác');
    await minh.hears(vn('serial.ask'));
    minh.sendsFile('tem', JPEG, 'application/octet-stream');
    await minh.hears('D12345678');
    expect((await house.lines()).flatMap(({ blobIds }) => blobIds)).toHaveLength(1);
  });

  it('a string in a caption is sealed before anything is kept', async () => {
    const { server, house } = await build();
    const minh = new Person(server);
    minh.writes('mạng khác');
    await minh.hears(vn('serial.ask'));
    const fetched = vi.spyOn(house.store, 'putBlob');
    minh.sendsPhoto(JPEG, { caption: sadpA() });
    await minh.hears(vn('sadpString.taken'));
    await vi.waitFor(() => expect(fetched).toHaveBeenCalled());
    const [row] = await house.store.conversationsForDesk(1);
    const stored = JSON.stringify([row, await house.lines()]);
    expect(stored).not.toContain(sadpA().slice(0, 30));
  });

  it('what cannot be fetched is asked for again', async () => {
    const { server } = await build();
    const minh = new Person(server);
    minh.writes('mạng khác');
    await minh.hears(vn('serial.ask'));
    minh.sends({ photo: [{ file_id: 'gone', file_size: 10 }] });
    await minh.hears(vn('unsupported.notArrived'));
  });

  it.each([
    ['voice', { voice: { file_id: 'x' } }],
    ['video', { video_note: { file_id: 'x' } }],
    ['video', { animation: { file_id: 'x' }, document: { file_id: 'x', mime_type: 'video/mp4' } }],
    ['location', { location: { latitude: 1, longitude: 1 } }],
    ['contact', { contact: { phone_number: '1' } }],
    ['other', { poll: { id: 'x' } }],
  ])('%s is answered with what is wanted', async (what, fields) => {
    const { server } = await build();
    const minh = new Person(server);
    minh.writes('mạng khác');
    await minh.hears(vn('serial.ask'));
    minh.sends(fields);
    await minh.hears(vn(`unsupported.${what}`));
  });

  it('commands work in both languages', async () => {
    const { server } = await build();
    const minh = new Person(server);
    minh.starts();
    await minh.hears(vn('network.ask'));
    minh.writes('/hoso@unbinding_bot');
    await minh.hears(vn('status.none'));
    minh.writes('/en');
    await minh.hears(wordsOf('en', 'language.done'));
    minh.writes('/status');
    await minh.hears(wordsOf('en', 'status.none'));
  });

  it("a link to a case shows it to its own account, and to nobody else's", async () => {
    const { server, house } = await build();
    const minh = new Person(server);
    const number = await sendsCase(minh, house);
    minh.starts(`case_${number}`);
    await minh.hears(vn('status.one'));
    const lan = new Person(server);
    lan.starts(`case_${number}`);
    await lan.hears(vn('status.notYours'));
    expect(lan.heard.map(({ text }) => text).join()).not.toContain('D12345678');
    lan.starts('case_UB-999999');
    await vi.waitFor(() => {
      const told = lan.heard.filter(({ text }) => text.includes(vn('status.notYours')));
      expect(told).toHaveLength(2);
    });
  });

  it('a group is refused politely, and left; nothing said there is kept', async () => {
    const { server, house } = await build();
    const group = new Person(server, 'vi', 'supergroup');
    group.writes('D12345678');
    await group.hears('trò chuyện riêng');
    await vi.waitFor(() => expect(group.chat.left).toBe(true));
    expect(await house.store.conversationsForDesk(10)).toEqual([]);
  });

  it('somebody who blocks it is noted as unreachable, and is answered when they come back', async () => {
    const { server, house } = await build();
    const minh = new Person(server);
    const number = await sendsCase(minh, house);
    minh.blocks();
    const [row] = await house.store.casesForDesk({ open: true, limit: 1 });
    await house.engine.accept({
      eventId: 'decided',
      at: Date.now(),
      channel: 'telegram',
      chatId: String(minh.chat.id),
      type: 'caseChanged',
      caseId: row?.caseId ?? '',
      revision: (row?.revision ?? 0) + 1,
      status: 'unbound',
    });
    // The next look at what is due finds that there is nowhere else to tell it.
    await vi.waitFor(
      async () => {
        expect((await house.lines()).at(-1)?.delivery).toBe('failed');
      },
      { timeout: 8_000 },
    );
    minh.chat.blocked = false;
    minh.writes('hồ sơ');
    await minh.hears(`${number} · D12345678`);
  });
});
