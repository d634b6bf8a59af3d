import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Choices } from '../../../src/channels/zalo/oa/choices.ts';
import { told } from '../../../src/channels/zalo/oa/events.ts';
import { OaEventSchema } from '../../../src/channels/zalo/oa/payload.ts';
import { signatureOf } from '../../../src/channels/zalo/oa/signature.ts';
import { cleanPhone } from '../../../src/channels/zalo/phone.ts';
import { EventSchema } from '../../../src/dialogue/event.ts';
import { choices, LoneOa, text } from './lone-oa.ts';
import { ZaloUser } from './zalo-user.ts';

const PATIENCE = { timeout: 8_000, interval: 20 };
const URL = 'https://photo-stal-1.zdn.vn/a.jpg';

const came = (oa: LoneOa, count = 1) =>
  vi.waitFor(() => {
    expect(oa.events.length).toBeGreaterThanOrEqual(count);
    return oa.events;
  }, PATIENCE);
const answered = (oa: LoneOa, count: number) =>
  vi.waitFor(() => expect(oa.server.events.answers).toHaveLength(count), PATIENCE);

describe('the signature', () => {
  it('is the plain SHA-256 of app, bytes, timestamp and OA Secret Key', () => {
    const raw = Buffer.from('{"timestamp":"1783000000000","text":"xin chào"}');
    const keys = { appId: '360846524940903967', secretKey: 'oa-secret' };
    const wanted = createHash('sha256')
      .update(`360846524940903967${raw.toString()}1783000000000oa-secret`)
      .digest('hex');
    expect(signatureOf(raw, '1783000000000', keys)).toBe(`mac=${wanted}`);
  });
});

describe('an event of Zalo', () => {
  it.each([
    ['text', { text: 'D12345678' }, { type: 'text', text: 'D12345678' }],
    [
      'image',
      { text: 'ảnh tem', attachments: [{ type: 'image', payload: { url: URL, thumbnail: URL } }] },
      { type: 'attached', caption: 'ảnh tem', files: [{ ref: URL, kind: 'photo' }] },
    ],
    [
      'file',
      { attachments: [{ type: 'file', payload: { url: URL, name: 'a.xml', size: '24165' } }] },
      { type: 'attached', files: [{ ref: URL, kind: 'file', name: 'a.xml', size: 24165 }] },
    ],
    ['audio', { attachments: [{ type: 'audio', payload: { url: URL } }] }, { what: 'voice' }],
    ['video', { attachments: [{ type: 'video', payload: { url: URL } }] }, { what: 'video' }],
    ['gif', { attachments: [{ type: 'gif', payload: { url: URL } }] }, { what: 'sticker' }],
    ['sticker', { attachments: [{ type: 'sticker', payload: { id: 's' } }] }, { what: 'sticker' }],
    [
      'location',
      { attachments: [{ type: 'location', payload: { coordinates: { latitude: '10.7' } } }] },
      { what: 'location' },
    ],
    ['business_card', {}, { what: 'contact' }],
    ['link', { attachments: [{ type: 'link', payload: { url: URL } }] }, { what: 'other' }],
    ['image', { attachments: [{ type: 'image' }] }, { what: 'notArrived' }],
    ['hologram', { hologram: {} }, { what: 'other' }],
  ])('of the kind %s becomes an event of ours', async (kind, message, wanted) => {
    const oa = await LoneOa.start();
    const user = new ZaloUser(oa.server);
    user.sends(kind, message);
    const [event] = await came(oa);
    expect(event).toMatchObject({ channel: 'zalo-oa', chatId: user.person.id, ...wanted });
  });

  it('keeps ids whole that no number holds', async () => {
    const oa = await LoneOa.start();
    const user = new ZaloUser(oa.server);
    user.writes('a');
    const [event] = await came(oa);
    expect(Number(user.person.id)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    expect(event?.chatId).toBe(user.person.id);
    expect(event?.chatId).not.toBe(user.person.idByApp);
  });

  it('that opens the chat greets: following it, and its button', async () => {
    const oa = await LoneOa.start();
    const user = new ZaloUser(oa.server);
    user.starts();
    user.tells({ event_name: 'user_click_chatnow', user_id: user.person.id });
    const events = await came(oa, 2);
    expect(events.map(({ type }) => type)).toEqual(['opened', 'opened']);
  });

  it('that says nothing to a conversation is confirmed, of unknown kinds and shapes too', async () => {
    const oa = await LoneOa.start();
    const user = new ZaloUser(oa.server);
    const { id } = user.person;
    const said = { message: { text: 'echo', msg_id: 'e1' } };
    user.tells({ event_name: 'unfollow', follower: { id } });
    user.tells({ event_name: 'oa_send_text', sender: { id: 'oa' }, recipient: { id }, ...said });
    user.tells({ event_name: 'user_seen_message', sender: { id }, message: { msg_ids: ['a'] } });
    user.tells({ event_name: 'user_received_message', recipient: { id: '84123456789' } });
    user.tells({ event_name: 'anonymous_send_text', sender: { id: 'x' }, message: { text: 'hi' } });
    user.tells({ event_name: 'something_new', sender: 12 });
    user.tells({ nothing: true });
    await answered(oa, 7);
    expect(oa.server.events.answers.map(({ status }) => status)).toEqual(Array(7).fill(200));
    expect(oa.events).toEqual([]);
    expect(oa.complaints).toHaveLength(3);
  });

  it('signed with another key is refused, which is said once until one is right', async () => {
    const oa = await LoneOa.start();
    const { events } = oa.server;
    const wrong = { 'x-zevent-signature': `mac=${'0'.repeat(64)}` };
    const body = '{"timestamp":"1783000000000"}';
    expect([await events.post({ body }, wrong), await events.post({ body }, wrong)]).toEqual([
      404, 404,
    ]);
    const said = () => oa.complaints.filter((one) => one.includes('ZALO_OA_SECRET_KEY')).length;
    expect(said()).toBe(1);
    new ZaloUser(oa.server).writes('xin chào');
    await came(oa);
    await events.post({ body }, wrong);
    expect(said()).toBe(2);
    await events.post({ body }, {});
    expect(said()).toBe(2);
  });

  it('comes again until it was kept, and is one turn', async () => {
    const oa = await LoneOa.start();
    const user = new ZaloUser(oa.server);
    const { take } = oa;
    let fails = 2;
    oa.take = async (event) => {
      fails -= 1;
      if (fails >= 0) throw new Error('disk full');
      return take(event);
    };
    user.writes('xin chào');
    await came(oa);
    await answered(oa, 3);
    const { status, again } = oa.server.events.answers.at(-1) ?? {};
    expect([status, again]).toEqual([200, 2]);
    const [last] = user.did;
    if (last) oa.server.events.repeat(last);
    await answered(oa, 4);
    const row = await oa.store.conversationByChat('zalo-oa', user.person.id);
    const lines = await oa.store.transcript(row?.conversationId ?? '', 0, 100);
    expect(lines.filter(({ author }) => author === 'installer')).toHaveLength(1);
  });

  it('is not confirmed while its commit hangs: Zalo is told before it gives up', async () => {
    const oa = await LoneOa.start();
    const { take } = oa;
    let hangs = true;
    oa.take = async (event) => {
      if (hangs) await new Promise(() => {});
      return take(event);
    };
    new ZaloUser(oa.server).writes('xin chào');
    await vi.waitFor(() => expect(oa.server.events.answers[0]?.status).toBe(503), PATIENCE);
    expect(oa.server.events.answers[0]?.ms).toBeLessThan(2_000);
    hangs = false;
    await came(oa);
  });

  it('too old to be told from a repeat changes nothing', async () => {
    const oa = await LoneOa.start();
    const user = new ZaloUser(oa.server);
    const timestamp = String(Date.now() - 7 * 24 * 3_600_000);
    user.tells({ ...sayingOf(user, 'cũ'), timestamp });
    await answered(oa, 1);
    expect(oa.events).toEqual([]);
  });
});

function sayingOf(user: ZaloUser, said: string) {
  const message = { text: said, msg_id: `m-${said}` };
  return { event_name: 'user_send_text', sender: { id: user.person.id }, message };
}

describe('whatever Zalo sends', () => {
  const text = fc.oneof(fc.string(), fc.constant('#ub.x.y'), fc.constant(null), fc.nat());
  const id = fc.oneof(fc.stringMatching(/^\d{1,20}$/), fc.nat(), fc.constant(''));
  const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record(model, { requiredKeys: [] });
  const payload = some({ url: text, name: text, size: text });
  const type = fc.constantFrom('image', 'file', 'audio', 'sticker', 'link', 'new', 7);
  const attachment = some({ type, payload: fc.oneof(payload, fc.constant(null)) });
  const event = fc.record({
    event_name: fc.constantFrom(
      ...['text', 'image', 'file', 'link', 'new'].map((kind) => `user_send_${kind}`),
      ...['follow', 'user_withdraw', 'user_submit_info', 'oa_send_text', 'anonymous_send_text'],
    ),
    timestamp: fc.constantFrom('1783000000000', '1', 'soon', 5),
    sender: fc.record({ id, admin_id: id }, { requiredKeys: ['id'] }),
    recipient: some({ id }),
    follower: some({ id }),
    user_id: id,
    message: some({ msg_id: id, text, attachments: fc.array(attachment, { maxLength: 15 }) }),
    info: some({ phone: text }),
  });
  let taken = 0;

  it('becomes an event that the house takes, or is left out', () => {
    const signer = new Choices('secret');
    fc.assert(
      fc.property(event, (sent) => {
        const parsed = OaEventSchema.safeParse(sent);
        if (!parsed.success) return;
        const what = told(parsed.data, signer, 1);
        if (what.as !== 'event') return;
        EventSchema.parse(what.event);
        taken += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});

describe('a button', () => {
  it('is a press for the one who got it; typed by others or made up it does no harm', async () => {
    const oa = await LoneOa.start();
    const { user } = await oa.meet();
    const other = new ZaloUser(oa.server);
    const shown = text('Chọn', { choices: choices(2) });
    await oa.channel.deliver(oa.answerTo(user), shown);
    const [button] = user.person.messages.at(-1)?.buttons ?? [];
    const payload = button?.payload ?? '';
    user.writes(payload);
    other.writes(payload);
    user.writes(payload.replace('.1.', '.2.'));
    user.writes('#case:status:123');
    const events = await came(oa, 4);
    expect(events).toMatchObject([
      { type: 'choice', token: 'f1.serial.1.yes' },
      { type: 'choice', token: '' },
      { type: 'choice', token: '' },
      { type: 'text', text: '#case:status:123' },
    ]);
  });

  it('keeps its token, and tells any change of it', () => {
    const signer = new Choices('secret');
    fc.assert(
      fc.property(
        fc.string({ maxLength: 64 }),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        (token, at, character) => {
          const payload = signer.payloadOf('7', token);
          expect(signer.tokenIn('7', payload)).toBe(token);
          expect(payload.length).toBeLessThanOrEqual(1000);
          const place = at % payload.length;
          const changed = payload.slice(0, place) + character + payload.slice(place + 1);
          if (changed !== payload) expect(signer.tokenIn('7', changed) || null).toBeNull();
          if (token !== '') expect(signer.tokenIn('8', payload)).toBe('');
        },
      ),
    );
  });
});

describe('a person', () => {
  it('who shares a phone number is thanked; it lies sealed', async () => {
    const oa = await LoneOa.start();
    const { user } = await oa.meet();
    const { id, phone } = user.person;
    user.tells({ event_name: 'user_submit_info', sender: { id }, info: { phone, name: 'Minh' } });
    await vi.waitFor(() => expect(user.person.messages).toHaveLength(1), PATIENCE);
    const kept = await oa.store.document(`zaloOa.person.${id}`);
    expect(JSON.parse(kept ?? '{}')).toEqual({ phone, askedAt: null });
    expect(kept).not.toContain('Minh');
    expect(JSON.stringify(oa.logged)).not.toContain(phone);
  });

  it.each([
    ['84912345678', '84912345678'],
    ['+84 912 345 678', '84912345678'],
    ['0912.345.678', '84912345678'],
    ['12345', null],
    ['gọi em nhé', null],
  ])('whose number is written %s: %s', (written, wanted) => {
    expect(cleanPhone(written)).toBe(wanted);
  });

  it('who withdraws is forgotten, and the audit trail says so', async () => {
    const oa = await LoneOa.start();
    const { user, conversationId } = await oa.meet();
    const caseId = await oa.openCase(conversationId, oa.now());
    const { id } = user.person;
    await oa.store.putDocument(`zaloOa.person.${id}`, '{"phone":"849","askedAt":null}', true);
    user.tells({ event_name: 'user_withdraw', user_id: id });
    user.tells({ event_name: 'user_withdraw', user_id: id });
    await answered(oa, 2);
    expect(await oa.store.document(`zaloOa.person.${id}`)).toBeNull();
    expect(await oa.store.transcript(conversationId, 0, 100)).toEqual([]);
    expect(await oa.store.conversationByChat('zalo-oa', id)).toBeNull();
    expect((await oa.store.caseById(caseId))?.status).toBe('cancelled');
    const trail = (await oa.store.auditTrail(10)).filter(({ action }) => action === 'person.erase');
    expect(trail).toMatchObject([{ actor: 'zalo-oa', subject: conversationId }]);
    expect(JSON.stringify(trail)).not.toContain(id);
    user.writes('xin chào');
    await answered(oa, 3);
    const anew = await oa.store.conversationByChat('zalo-oa', id);
    expect(anew?.conversationId).not.toBe(conversationId);
  });
});

describe("somebody who answers in Zalo's own chat tool", () => {
  const answers = (user: ZaloUser, oaId: string) =>
    user.tells({
      event_name: 'oa_send_text',
      sender: { id: oaId, admin_id: '835100000000000001' },
      recipient: { id: user.person.id },
      message: { text: 'để em xem', msg_id: 'h1' },
    });

  it('takes the conversation over, where the setting says so', async () => {
    const oa = await LoneOa.start({ humansInChatTool: true });
    const { user, conversationId } = await oa.meet();
    answers(user, oa.server.oaId);
    await came(oa);
    const row = await oa.store.conversationById(conversationId);
    expect(row?.owner).toMatchObject({ who: 'agent', agentId: 'zalo:835100000000000001' });
  });

  it('does not take it from an agent of the desk', async () => {
    const oa = await LoneOa.start({ humansInChatTool: true });
    const { user, conversationId } = await oa.meet();
    await oa.take({
      eventId: 'takes',
      at: oa.now(),
      channel: 'zalo-oa',
      chatId: user.person.id,
      type: 'agentActed',
      act: 'takeOver',
      agentId: 'lan',
      agentName: 'Lan',
    });
    answers(user, oa.server.oaId);
    await answered(oa, 1);
    expect((await oa.store.conversationById(conversationId))?.owner.agentId).toBe('lan');
  });

  it('changes nothing without the setting', async () => {
    const oa = await LoneOa.start();
    const { user, conversationId } = await oa.meet();
    answers(user, oa.server.oaId);
    await answered(oa, 1);
    expect((await oa.store.conversationById(conversationId))?.owner.who).toBe('bot');
  });
});
