import { describe, expect, it } from 'vitest';
import { NotesSchema, OneConversationSchema } from '../../src/desk/wire/conversations.ts';
import { InboxRowsSchema, InboxSchema } from '../../src/desk/wire/inbox.ts';
import { InviteSchema } from '../../src/desk/wire/people.ts';
import type { Conversation, Form } from '../../src/dialogue/conversation.ts';
import { EventSchema } from '../../src/dialogue/event.ts';
import { newConversation } from '../../src/dialogue/turn.ts';
import { codeOf, deskApp, ORIGIN, PASSWORD, signIn } from './desk-app.ts';
import { caseRow, conversationRow, line, NOW } from './rows.ts';

const ID = '3f1f1ad2-6c52-4d6a-9d7e-0f4f6a3f9a10';
const mine = { who: 'agent' as const, agentId: 'id-An', agentName: 'An', epoch: 1 };

const FORM: Form = {
  id: 'f1',
  flow: 'unbind',
  phase: 'open',
  batch: null,
  repairs: null,
  asked: [],
  reminded: 0,
  remindAt: null,
  locked: [],
  question: null,
  slots: { network: { state: 'filled', revision: 1, value: { network: 'lan' } } },
  strikes: {},
  drafts: { serial: null, proof: null, pieces: [], misnamed: null },
  photos: [],
  album: null,
};

function filling(more: Partial<Conversation> = {}): Conversation {
  return { ...newConversation('c1'), forms: [FORM], focus: 'f1', ...more };
}

describe('the inbox', () => {
  it('tells who waits since when, what is unread, and by what an answer is due', async () => {
    const desk = await deskApp();
    desk.store.conversations.push(conversationRow({ owner: { ...mine, agentId: 'id-Hoa' } }));
    const waiting = { since: NOW - 1000, why: 'wrote' as const };
    desk.store.held.set('c1', filling({ waiting }));
    desk.store.lines.push(line(1), line(2));
    const agent = await signIn(desk, 'viewer');
    const read = async () => InboxSchema.parse((await agent.get('/inbox')).json());
    expect(await read()).toMatchObject({
      slaMinutes: 10,
      onDuty: true,
      rows: [{ conversationId: 'c1', waiting, unread: 2, lastLine: 2 }],
    });
    // What was seen is one's own affair: viewers have theirs, too.
    expect((await agent.post('/conversations/c1/seen', { line: 2 })).statusCode).toBe(200);
    expect((await read()).rows[0]?.unread).toBe(0);
    const rows = await agent.get('/inbox/rows?ids=c1,c1,none');
    expect(InboxRowsSchema.parse(rows.json()).rows).toHaveLength(1);
    expect(
      (await agent.get(`/inbox/rows?ids=${Array.from({ length: 101 }, (_, n) => n).join()}`))
        .statusCode,
    ).toBe(400);
  });

  it('finds by serial, number and words, with and without diacritics', async () => {
    const desk = await deskApp();
    for (const n of [1, 2, 3]) {
      desk.store.conversations.push(
        conversationRow({ conversationId: `c${n}`, chatId: `chat-${n}` }),
      );
    }
    desk.store.cases.push(caseRow({ conversationId: 'c3', serial: 'D12345678' }));
    const said = (id: number, text: string) =>
      line(id, { conversationId: `c${id}`, shown: { text, choices: [], pictures: [] } });
    desk.store.lines.push(said(1, 'Em cần HỦY liên kết đầu ghi'), said(2, 'Huy là tên em'));
    const agent = await signIn(desk);
    const find = async (q: string) =>
      InboxRowsSchema.parse(
        (await agent.get(`/search?q=${encodeURIComponent(q)}`)).json(),
      ).rows.map(({ conversationId }) => conversationId);
    expect(await find('d12345')).toEqual(['c3']);
    expect(await find('HS-0001')).toEqual(['c3']);
    expect(await find('huy')).toEqual(['c2', 'c1']);
    expect(await find('hủy')).toEqual(['c1']);
    expect(await find('dau ghi huy')).toEqual(['c1']);
    expect(await find('không có')).toEqual([]);
    // By the person's name, before what was said.
    const [first, , third] = desk.store.conversations;
    if (first) first.accountName = 'Đỗ Thị Huyền';
    if (third) third.accountName = 'Huy Công ty An Bình';
    expect(await find('do huyen')).toEqual([first?.conversationId]);
    expect(await find('Huyền')).toEqual([first?.conversationId]);
    expect(await find('Huyen')).toEqual([first?.conversationId]);
    expect(await find('huy')).toEqual([third?.conversationId, first?.conversationId, 'c2']);
    expect(await find('an bình')).toEqual([third?.conversationId]);
    expect(codeOf(await agent.get('/search?q=a'))).toBe('tooShort');
  });

  it('keeps notes once, without secrets, and tells the other pages', async () => {
    const desk = await deskApp();
    desk.store.conversations.push(conversationRow());
    const told: string[] = [];
    desk.listeners.add((conversationId) => told.push(conversationId));
    const agent = await signIn(desk);
    const write = (text: string) => agent.post('/conversations/c1/notes', { id: ID, text });
    await write('Đã gọi lại, mã xác minh: ABCDEF');
    await write('Đã gọi lại');
    const { notes } = NotesSchema.parse((await agent.get('/conversations/c1/notes')).json());
    expect(notes).toMatchObject([{ agentName: 'An', at: NOW }]);
    expect(notes[0]?.text).not.toContain('ABCDEF');
    expect(told).toEqual(['c1', 'c1']);
    expect(desk.logged()).not.toContain('Đã gọi lại');
    const viewer = await signIn(desk, 'viewer', 'Vy');
    const refused = await viewer.post('/conversations/c1/notes', { id: ID, text: 'x' });
    expect(codeOf(refused)).toBe('viewerReads');
  });
});

describe('a photo of an agent', () => {
  it('is made fit, kept, and said in the conversation that is theirs', async () => {
    const desk = await deskApp({
      photos: {
        tidy: async (bytes) =>
          bytes[0] === 0xff ? { bytes, mime: 'image/jpeg' } : { refused: 'notAPicture' },
      },
    });
    desk.store.conversations.push(conversationRow());
    const agent = await signIn(desk);
    const send = (bytes: Uint8Array, type = 'image/jpeg') =>
      desk.app.inject({
        method: 'POST',
        url: `/api/desk/conversations/c1/photo?id=${ID}`,
        headers: {
          host: 'desk.test',
          origin: ORIGIN,
          cookie: `desk=${agent.cookie}`,
          'x-csrf-token': agent.csrf,
          'content-type': type,
        },
        payload: Buffer.from(bytes),
      });
    const photo = Uint8Array.from([0xff, 0xd8, 0xff]);
    expect(codeOf(await send(photo))).toBe('takeOverFirst');
    desk.store.conversations[0] = conversationRow({ owner: mine });
    expect(codeOf(await send(Uint8Array.from([1, 2])))).toBe('notAPicture');
    expect((await send(photo, 'application/zip')).statusCode).toBe(415);
    expect((await send(photo)).statusCode).toBe(200);
    expect(desk.events).toMatchObject([{ act: 'say', photo: 'b-0', eventId: `desk:${ID}` }]);
    expect(EventSchema.safeParse(desk.events[0]).success).toBe(true);
    desk.store.conversations[0] = conversationRow({ owner: mine, channel: 'zalo-bot' });
    expect(codeOf(await send(photo))).toBe('photosNotThere');
    expect(desk.store.blobs.size).toBe(1);
  });
});

describe('slots beside a conversation', () => {
  it('stand in the order of the flow, with what is asked and how an agent may fill them', async () => {
    const desk = await deskApp();
    desk.store.conversations.push(conversationRow());
    desk.store.held.set('c1', filling());
    const agent = await signIn(desk, 'viewer');
    const read = OneConversationSchema.parse((await agent.get('/conversations/c1')).json());
    expect(read.forms).toHaveLength(1);
    expect(
      read.forms[0]?.slots.map(({ slot, state, value, asked, fill }) =>
        [slot, state, value, asked ? 'asked' : '', fill].join(' '),
      ),
    ).toEqual([
      'network filled lan  network',
      'serial empty  asked serial',
      'proof empty   none',
      'sadpString empty   none',
      'consent empty   none',
      'review empty   none',
    ]);
  });

  it('are changed by the agent who has the conversation, in a turn, audited', async () => {
    const desk = await deskApp();
    desk.store.conversations.push(conversationRow());
    desk.store.held.set('c1', filling());
    const agent = await signIn(desk);
    const change = (more: object) =>
      agent.post('/conversations/c1/slots', {
        form: 'f1',
        slot: 'serial',
        revision: 0,
        act: 'fill',
        value: 'D12345678',
        ...more,
      });
    expect(codeOf(await change({}))).toBe('takeOverFirst');
    desk.store.conversations[0] = conversationRow({ owner: mine });
    expect(codeOf(await change({ value: 'D123' }))).toBe('serialShape');
    expect(codeOf(await change({ revision: 4 }))).toBe('slotChanged');
    expect(codeOf(await change({ form: 'f9' }))).toBe('noForm');
    expect(codeOf(await change({ slot: 'network', revision: 1, value: 'wifi' }))).toBe('slotValue');
    expect((await change({ slot: 'consent' })).statusCode).toBe(400);
    expect(desk.events).toEqual([]);
    // The turn did not take it: somebody was faster.
    expect(codeOf(await change({}))).toBe('slotChanged');
    expect(EventSchema.safeParse(desk.events[0]).success).toBe(true);
    expect(desk.events[0]).toMatchObject({ type: 'agentFilled', slot: 'serial', agentId: 'id-An' });
    desk.store.held.set('c1', filling({ forms: [{ ...FORM, locked: ['network'] }] }));
    expect((await change({ slot: 'network', revision: 1, act: 'lock' })).statusCode).toBe(200);
    expect(desk.store.trail.at(-1)).toMatchObject({ action: 'slot.lock', detail: 'network' });
  });
});

describe('people of the desk', () => {
  it('go on and off duty', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    await agent.post('/me/duty', { on: false });
    expect(InboxSchema.parse((await agent.get('/inbox')).json()).onDuty).toBe(false);
    await agent.post('/me/duty', { on: true });
    expect(InboxSchema.parse((await agent.get('/inbox')).json()).onDuty).toBe(true);
    expect(desk.store.trail.map(({ action }) => action)).toEqual(['signIn', 'duty.off', 'duty.on']);
  });

  it('come by a link that works once, for three days, in the role that an admin chose', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    expect(codeOf(await agent.post('/invites', { role: 'admin' }))).toBe('adminsOnly');
    const admin = await signIn(desk, 'admin', 'Binh');
    const invite = async () => {
      const made = InviteSchema.parse((await admin.post('/invites', { role: 'viewer' })).json());
      return made.path.split('#')[1] ?? '';
    };
    const take = (token: string, login: string) =>
      desk.app.inject({
        method: 'POST',
        url: '/api/desk/invite',
        headers: { origin: ORIGIN, host: 'desk.test' },
        payload: { token, name: 'Vy', login, password: PASSWORD },
      });
    const token = await invite();
    expect(desk.logged()).not.toContain(token);
    expect(codeOf(await take(token, 'binh'))).toBe('loginTaken');
    const joined = await take(token, 'vy');
    expect(joined.statusCode).toBe(201);
    expect(joined.json()).toMatchObject({ agent: { name: 'Vy', role: 'viewer' } });
    expect(joined.cookies[0]?.httpOnly).toBe(true);
    expect(codeOf(await take(token, 'vy2'))).toBe('inviteClosed');
    const late = await invite();
    desk.clock.now += 3 * 24 * 60 * 60 * 1000;
    expect(codeOf(await take(late, 'vy3'))).toBe('inviteClosed');
  });
});
