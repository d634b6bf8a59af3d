import { describe, expect, it } from 'vitest';
import type { ZaloOaConfig } from '../../../src/config/zalo.ts';
import { LoneOa, text } from './lone-oa.ts';

const CS = '/v3.0/oa/message/cs';
const TEMPLATE = '/v3.0/oa/message/template';
const PHONE = '/message/template';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NEWS = text('Hồ sơ đang được xử lý');

const BY_UID = { templates: { byUid: '300001', byPhone: null } };
const BY_PHONE = { templates: { byUid: null, byPhone: '400001' } };
const BOTH = { templates: { byUid: '300001', byPhone: '400001' } };

/** Somebody with a case, who has been silent for so long. */
async function silentFor(ms: number, config: Partial<ZaloOaConfig> = {}) {
  const oa = await LoneOa.start(config);
  const { user, conversationId } = await oa.meet();
  const caseId = await oa.openCase(conversationId, oa.now() + HOUR);
  oa.ahead += ms;
  await oa.connect();
  const due = await oa.pushOf(user, caseId);
  const way = async () => {
    const lines = await oa.store.transcript(conversationId, 0, 100);
    return lines.find(({ id }) => id === due.lineId)?.way;
  };
  return { oa, user, conversationId, caseId, due, way };
}

const shares = (oa: LoneOa, user: { person: { id: string; phone: string } }) =>
  oa.store.putDocument(
    `zaloOa.person.${user.person.id}`,
    JSON.stringify({ phone: user.person.phone, askedAt: null }),
    true,
  );

describe('a push goes out', () => {
  it('free within 48 hours, and the line says so', async () => {
    const { oa, user, due, way } = await silentFor(47 * HOUR);
    expect(await oa.channel.deliver(due, NEWS)).toEqual({ as: 'sent' });
    expect(user.person.messages.at(-1)?.text).toBe(NEWS.text);
    expect(await way()).toEqual({ way: 'free', why: 'within48h' });
  });

  it('billed up to day 7', async () => {
    const { oa, due, way } = await silentFor(6 * DAY);
    expect(await oa.channel.deliver(due, NEWS)).toEqual({ as: 'sent' });
    expect(await way()).toEqual({ way: 'billed', why: 'within7d' });
  });

  it("by Zalo's own book, which counts what is not told here", async () => {
    const { oa, user, due, way } = await silentFor(8 * DAY);
    user.person.lastInteraction = oa.now() - HOUR;
    expect(await oa.channel.deliver(due, NEWS)).toEqual({ as: 'sent' });
    expect(await way()).toEqual({ way: 'free', why: 'within48h' });
  });

  it('as a template by id from day 8, with what it is about', async () => {
    const { oa, user, due, way } = await silentFor(8 * DAY, BY_UID);
    expect(await oa.channel.deliver(due, NEWS)).toEqual({ as: 'sent' });
    expect(oa.server.billed).toHaveLength(1);
    expect(user.person.messages.at(-1)?.template).toMatchObject({
      case_number: 'UB-000001',
      serial: 'D12345678',
      status: 'Đã gửi',
    });
    expect(await way()).toEqual({ way: 'templateByUid', why: 'after7d' });
  });

  it('as a template when Zalo says that the window is closed, whatever the books say', async () => {
    const { oa, due, way } = await silentFor(HOUR, BY_UID);
    oa.server.next(CS, { error: -230 });
    expect(await oa.channel.deliver(due, NEWS)).toEqual({ as: 'sent' });
    expect(await way()).toEqual({ way: 'templateByUid', why: 'after7d' });
  });

  it('by phone when the template does not go by id, or there is none', async () => {
    const one = await silentFor(8 * DAY, BOTH);
    await shares(one.oa, one.user);
    one.oa.server.next(TEMPLATE, { error: -249 });
    expect(await one.oa.channel.deliver(one.due, NEWS)).toEqual({ as: 'sent' });
    expect(one.oa.server.billed).toMatchObject([{ by: 'phone', to: one.user.person.phone }]);
    const two = await silentFor(8 * DAY, BY_PHONE);
    await shares(two.oa, two.user);
    expect(await two.oa.channel.deliver(two.due, NEWS)).toEqual({ as: 'sent' });
    expect(await two.way()).toEqual({ way: 'templateByPhone', why: 'after7d' });
  });

  it('later where nothing reaches the person: out of its lane, and at once when they write', async () => {
    const { oa, user, due, way } = await silentFor(8 * DAY, BY_PHONE);
    const waits = await oa.channel.deliver(due, NEWS);
    expect(waits).toMatchObject({ as: 'transient', deferred: true });
    expect(await way()).toEqual({ way: 'wait', why: 'noPhone' });
    user.person.lastInteraction = oa.now();
    expect(await oa.channel.deliver({ ...due, attempts: 1 }, NEWS)).toEqual({ as: 'sent' });
  });

  it('by another channel of the account, where there is one', async () => {
    const options = { otherChannels: async () => ['web' as const] };
    const oa = await LoneOa.start({}, options);
    const { user } = await oa.meet();
    oa.ahead += 8 * DAY;
    await oa.connect();
    const due = await oa.pushOf(user, null);
    expect(await oa.channel.deliver(due, NEWS)).toMatchObject({
      as: 'unseen',
      otherwise: { as: 'transient', deferred: true },
    });
  });

  it('not as a template when it tells of no case', async () => {
    const { oa, user } = await silentFor(8 * DAY, BOTH);
    const due = await oa.pushOf(user, null);
    expect(await oa.channel.deliver(due, NEWS)).toMatchObject({ as: 'transient', deferred: true });
    expect(oa.server.billed).toEqual([]);
  });
});

describe('a billed template', () => {
  it('is marked before it is called; found marked after a crash it is not sent again', async () => {
    const { oa, due } = await silentFor(8 * DAY, BY_UID);
    let marked: number | null = null;
    oa.server.meanwhile = async (path) => {
      if (path !== TEMPLATE) return;
      const [stored] = (await oa.store.dueEffects(oa.now(), 10)).filter(
        ({ effectId }) => effectId === due.effectId,
      );
      marked = stored?.attemptedAt ?? null;
    };
    expect(await oa.channel.deliver(due, NEWS)).toEqual({ as: 'sent' });
    expect(marked).not.toBeNull();
    const again = await oa.channel.deliver({ ...due, attemptedAt: marked }, NEWS);
    expect(again).toMatchObject({ as: 'ambiguous', harmful: true });
    expect(oa.server.billed).toHaveLength(1);
  });

  it('that was not called, for want of a token, is tried again', async () => {
    const { oa, due } = await silentFor(8 * DAY, BY_UID);
    oa.ahead += 26 * HOUR;
    oa.server.next('/v4/oa/access_token', { breaks: 'before' });
    oa.server.next('/v4/oa/access_token', { breaks: 'before' });
    const delivery = await oa.channel.deliver(due, NEWS);
    expect(delivery).toMatchObject({ as: 'transient' });
    expect(oa.server.billed).toEqual([]);
    expect(await oa.channel.deliver({ ...due, attempts: 1 }, NEWS)).toEqual({ as: 'sent' });
  });

  it('whose answer is lost is not sent again', async () => {
    const { oa, due } = await silentFor(8 * DAY, BY_UID);
    oa.server.next(TEMPLATE, { breaks: 'after' });
    const delivery = await oa.channel.deliver(due, NEWS);
    expect(delivery).toMatchObject({ as: 'ambiguous', harmful: true });
    expect(oa.server.billed).toHaveLength(1);
  });

  it.each([
    [-133, { as: 'transient', deferred: true }],
    [-144, { as: 'transient', deferred: true }],
    [-115, { as: 'transient', deferred: true }],
    [-100, { as: 'transient' }],
  ])('by phone that is refused with %i: %o', async (code, wanted) => {
    const { oa, user, due } = await silentFor(8 * DAY, BY_PHONE);
    await shares(oa, user);
    oa.server.next(PHONE, { error: code });
    expect(await oa.channel.deliver(due, NEWS)).toMatchObject(wanted);
    expect(oa.server.billed).toEqual([]);
  });

  it('by phone renews a stale token, and forgets a phone that is none', async () => {
    const { oa, user, due, way } = await silentFor(8 * DAY, BY_PHONE);
    await shares(oa, user);
    oa.server.next(PHONE, { error: -124 });
    oa.server.next(PHONE, { error: -108 });
    expect(await oa.channel.deliver(due, NEWS)).toMatchObject({ as: 'transient', deferred: true });
    expect(oa.server.oauth.used).toHaveLength(1);
    expect(await way()).toEqual({ way: 'wait', why: 'noPhone' });
    expect(await oa.store.document(`zaloOa.person.${user.person.id}`)).not.toContain('849');
  });
});

describe('the phone number is asked for', () => {
  const submitted = async (answerIn: number, config: Partial<ZaloOaConfig>) => {
    const oa = await LoneOa.start(config);
    const { user, conversationId } = await oa.meet();
    const caseId = await oa.openCase(conversationId, oa.now() + answerIn);
    const say = async () => oa.channel.deliver(await oa.pushOf(user, caseId), NEWS);
    expect(await say()).toEqual({ as: 'sent' });
    return { oa, user, say, asked: () => user.person.messages.filter((one) => one.asksPhone) };
  };

  it('once, beside a case whose answer may come after the window', async () => {
    const { say, asked } = await submitted(8 * DAY, BY_PHONE);
    expect(asked()).toHaveLength(1);
    await say();
    expect(asked()).toHaveLength(1);
  });

  it.each([
    ['the answer comes in time', HOUR, BY_PHONE],
    ['no template could use it', 8 * DAY, {}],
    ['a template by id does', 8 * DAY, BOTH],
  ])('not when %s', async (_why, answerIn, config) => {
    const { asked } = await submitted(answerIn, config);
    expect(asked()).toEqual([]);
  });
});
