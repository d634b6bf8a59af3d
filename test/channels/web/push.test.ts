import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPushService } from '../../../src/channels/web/push/push-services.ts';
import type { DueEffect, PushSubscriptionRow } from '../../../src/store/contract.ts';
import type { Rendered } from '../../../src/words/words.ts';
import { caseRow, House, type Setting } from './house.ts';
import { PushService, VAPID } from './push-service.ts';

const NOW = 1_795_000_000_000;
const HOUR = 60 * 60_000;
const SECRET = 'mật khẩu admin là hik12345';

/** The line is in the page, and no browser took a notification of it. */
const unseen = (otherwise: object) => ({ as: 'unseen', otherwise });

let service: PushService;
beforeEach(async () => {
  service = await PushService.start();
});
afterEach(() => service.stop());

/** A house whose person has submitted a case. */
async function begin(setting: Setting = {}) {
  const house = await House.build({ push: { fetch: service.fetch }, ...setting });
  const person = await house.visit();
  house.cases.push(caseRow(person.chatId, { status: 'unbound' }));
  const subscribe = (subscription: PushSubscriptionRow) =>
    house.app.inject({
      method: 'POST',
      url: '/api/chat/push',
      headers: { cookie: person.cookie },
      payload: subscription,
    });
  const shown: Rendered = { text: SECRET, choices: [], pictures: [], caseId: 'case-1' };
  const due = (more: Partial<DueEffect> = {}): DueEffect => ({
    effectId: 1,
    conversationId: person.conversationId,
    channel: 'web',
    chatId: person.chatId,
    lane: null,
    dueAt: NOW,
    expiresAt: NOW + 3 * 24 * HOUR,
    attempts: 0,
    repeat: 'safe',
    attemptedAt: null,
    epoch: 0,
    lineId: 1,
    shown,
    effect: { kind: 'send', reply: { key: 'case.unbound' }, push: true },
    ...more,
  });
  const deliver = (more: Partial<DueEffect> = {}) => {
    const effect = due(more);
    return house.channel.deliver(effect, effect.shown ?? shown);
  };
  return { house, person, subscribe, deliver };
}

describe('subscribing to notifications', () => {
  it('needs the public key, which the server tells', async () => {
    const { house, person } = await begin();
    const { cookie } = person;
    const answer = await house.app.inject({ url: '/api/chat/push', headers: { cookie } });
    expect(answer.json()).toEqual({ publicKey: VAPID.publicKey });
    expect(answer.body).not.toContain(VAPID.privateKey);
  });

  it('keeps the browser for this conversation, once', async () => {
    const { house, person, subscribe } = await begin();
    const phone = service.subscribe();
    expect((await subscribe(phone)).statusCode).toBe(201);
    expect((await subscribe(phone)).statusCode).toBe(201);
    expect(house.browsers).toEqual([
      { conversationId: person.conversationId, subscription: phone },
    ]);
  });

  it('keeps ten browsers of a conversation, the newest', async () => {
    const { house, subscribe } = await begin();
    const browsers = Array.from({ length: 11 }, () => service.subscribe());
    for (const browser of browsers) await subscribe(browser);
    const kept = house.browsers.map(({ subscription }) => subscription);
    expect(kept).toEqual(browsers.slice(1));
  });

  it('is ended by the person whose browser it is, and by nobody else', async () => {
    const { house, person, subscribe } = await begin();
    const { endpoint, keys } = service.subscribe();
    await subscribe({ endpoint, keys });
    const end = (cookie: string) =>
      house.app.inject({
        method: 'POST',
        url: '/api/chat/push/end',
        headers: { cookie },
        payload: { endpoint },
      });
    expect((await end((await house.visit()).cookie)).statusCode).toBe(200);
    expect(house.browsers).toHaveLength(1);
    expect((await end(person.cookie)).statusCode).toBe(200);
    expect(house.browsers).toEqual([]);
  });

  it.each([
    'https://example.com/push',
    'http://fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com:8443/fcm/send/x',
    'https://user@fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com.example.com/x',
    'https://notfcm.googleapis.com/x',
    'https://169.254.169.254/latest',
    'https://localhost/x',
    'nonsense',
  ])('refuses the endpoint %s, so that nobody makes the server ask there', async (endpoint) => {
    const { house, subscribe } = await begin();
    const answer = await subscribe({ ...service.subscribe(), endpoint });
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'noPush']);
    expect(house.browsers).toEqual([]);
  });

  it.each([
    'https://fcm.googleapis.com/fcm/send/x',
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://web.push.apple.com/x',
    'https://wns2-by3p.notify.windows.com/w/?token=x',
  ])('takes the endpoint %s', (endpoint) => {
    expect(isPushService(endpoint)).toBe(true);
  });

  it('refuses keys with which nothing could be encrypted', async () => {
    const { house, subscribe } = await begin();
    const good = service.subscribe();
    const off = Buffer.alloc(65, 7);
    off[0] = 4;
    for (const keys of [
      { ...good.keys, auth: 'short' },
      { ...good.keys, p256dh: off.toString('base64url') },
      { ...good.keys, p256dh: 'AAAA' },
    ]) {
      expect((await subscribe({ ...good, keys })).statusCode).toBe(400);
    }
    expect(house.browsers).toEqual([]);
  });

  it('leaves no endpoint in the log', async () => {
    const { house, subscribe } = await begin();
    const { endpoint, keys } = service.subscribe();
    await subscribe({ endpoint, keys });
    await subscribe({ endpoint: `${endpoint}`, keys: { ...keys, auth: 'x' } });
    expect(house.logged.join('')).not.toContain(new URL(endpoint).pathname);
  });
});

describe('news for a person who has closed the page', () => {
  it('comes as a notification that says where the case stands, and no word of the line', async () => {
    const { subscribe, deliver } = await begin();
    await subscribe(service.subscribe());
    expect(await deliver()).toEqual({ as: 'sent' });
    expect(service.refused).toEqual([]);
    const [taken] = service.taken;
    expect(taken?.notice).toEqual({
      title: 'Hồ sơ UB-000001',
      body: 'Số seri D12345678: đã gỡ liên kết xong.',
      language: 'vi',
      tag: 'case-UB-000001',
    });
    expect(JSON.stringify(taken?.notice)).not.toContain(SECRET);
    expect(taken?.headers).toMatchObject({ ttl: '259200', urgency: 'high' });
  });

  it('comes to each browser that asked for it', async () => {
    const { subscribe, deliver } = await begin();
    for (const browser of [service.subscribe(), service.subscribe()]) await subscribe(browser);
    await deliver();
    expect(service.taken).toHaveLength(2);
  });

  it('says who wrote when an agent did, not what', async () => {
    const { subscribe, deliver } = await begin();
    await subscribe(service.subscribe());
    const reply = { key: 'handoff.words' };
    const agent = { name: 'Lan', text: SECRET };
    await deliver({
      effect: { kind: 'send', push: false, reply, agent },
      shown: { text: SECRET, choices: [], pictures: [] },
    });
    expect(service.taken[0]?.notice).toMatchObject({
      body: 'Lan (nhân viên hỗ trợ) vừa nhắn cho anh/chị.',
    });
  });

  it('does not come as a notification while a page is open, and again once it is closed', async () => {
    const { house, person, subscribe, deliver } = await begin();
    await subscribe(service.subscribe());
    const url = await house.app.listen({ host: '127.0.0.1', port: 0 });
    const closed = new AbortController();
    const stream = await fetch(`${url}/api/chat/stream`, {
      headers: { cookie: person.cookie },
      signal: closed.signal,
    });
    expect(stream.ok).toBe(true);
    expect(await deliver()).toEqual({ as: 'sent' });
    expect(service.taken).toEqual([]);
    closed.abort();
    await expect.poll(() => house.listening).toBe(0);
    expect(await deliver()).toEqual({ as: 'sent' });
    expect(service.taken).toHaveLength(1);
  });

  it('does not come as a notification while a page is open at another process', async () => {
    const { house, person, subscribe, deliver } = await begin();
    await house.channel.start();
    await subscribe(service.subscribe());
    const { conversationId } = person;
    house.hints.hear({ kind: 'open', conversationId });
    expect(await deliver()).toEqual({ as: 'sent' });
    expect(service.taken).toEqual([]);
    house.hints.hear({ kind: 'shut', conversationId });
    await deliver();
    expect(service.taken).toHaveLength(1);
    await house.channel.stop();
  });

  it('is not made of the answers in a conversation', async () => {
    const { subscribe, deliver } = await begin();
    await subscribe(service.subscribe());
    const effect = { kind: 'send', reply: { key: 'serial.ask' }, push: false } as const;
    expect(await deliver({ effect })).toEqual({ as: 'sent' });
    expect(service.taken).toEqual([]);
  });

  it('needs nothing from a person who asked for no notification', async () => {
    const { deliver } = await begin();
    expect(await deliver()).toEqual(unseen({ as: 'sent' }));
  });

  it('names the operator’s address to the push service', async () => {
    const publicUrl = 'https://assistant.example.vn';
    const { subscribe, deliver } = await begin({ publicUrl });
    await subscribe(service.subscribe());
    await deliver();
    expect(service.taken[0]?.subject).toBe(publicUrl);
  });
});

describe('a push service that does not take it', () => {
  it('ends the subscription of a browser that is gone; the line counts as told', async () => {
    const { house, subscribe, deliver } = await begin();
    const gone = service.subscribe();
    const there = service.subscribe();
    await subscribe(gone);
    await subscribe(there);
    service.unsubscribe(gone);
    expect(await deliver()).toEqual({ as: 'sent' });
    expect(house.browsers.map(({ subscription }) => subscription)).toEqual([there]);
    service.unsubscribe(there);
    expect(await deliver()).toEqual(unseen({ as: 'sent' }));
    expect(house.browsers).toEqual([]);
  });

  it('is asked again when it says so', async () => {
    const { house, subscribe, deliver } = await begin();
    await subscribe(service.subscribe());
    service.refuse(429, { 'retry-after': '120' });
    const why = 'the push service answered 429';
    expect(await deliver()).toEqual(unseen({ as: 'transient', why, at: NOW + 120_000 }));
    service.refuse(503);
    expect(await deliver()).toEqual(
      unseen({ as: 'transient', why: 'the push service answered 503' }),
    );
    expect(house.browsers).toHaveLength(1);
    expect(await deliver()).toEqual({ as: 'sent' });
  });

  it('is given up when it refuses for good, and the browser is kept', async () => {
    const { house, subscribe, deliver } = await begin();
    await subscribe(service.subscribe());
    service.refuse(403);
    const why = 'the push service answered 403';
    expect(await deliver()).toEqual(unseen({ as: 'permanent', why }));
    expect(house.browsers).toHaveLength(1);
  });

  it('is given up before the line would expire and be taken back from the page', async () => {
    const { subscribe, deliver } = await begin();
    await subscribe(service.subscribe());
    service.refuse(500);
    const soon = await deliver({ expiresAt: NOW + 5 * 60_000 });
    expect(soon).toMatchObject(unseen({ as: 'permanent' }));
    service.refuse(429, { 'retry-after': '3600' });
    const late = await deliver({ expiresAt: NOW + HOUR });
    expect(late).toMatchObject(unseen({ as: 'permanent' }));
  });

  it('is asked again when it does not answer at all, without telling its address', async () => {
    const { subscribe, deliver } = await begin();
    const { endpoint, keys } = service.subscribe();
    await subscribe({ endpoint, keys });
    await service.stop();
    const delivery = await deliver();
    expect(delivery).toMatchObject(unseen({ as: 'transient' }));
    expect(JSON.stringify(delivery)).not.toContain('googleapis');
    service = await PushService.start();
  });
});
