import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fitPicture } from '../../../src/channels/fit-picture.ts';
import { Choices } from '../../../src/channels/zalo/oa/choices.ts';
import { messagesOf } from '../../../src/channels/zalo/oa/message.ts';
import { Rate } from '../../../src/channels/zalo/oa/rate.ts';
import { choices, LoneOa, text } from './lone-oa.ts';
import { checkMessage } from './oa-server/rules.ts';

const CS = '/v3.0/oa/message/cs';
const UPLOAD = '/v2.0/oa/upload/image';

describe('a message to Zalo', () => {
  it('has at most five buttons; more choices become numbered lines', async () => {
    const oa = await LoneOa.start();
    const { user } = await oa.meet();
    const five = text('Chọn đi ạ', { choices: choices(5) });
    const six = text('Chọn đi ạ', { choices: choices(6) });
    expect(await oa.channel.deliver(oa.answerTo(user), five)).toEqual({ as: 'sent' });
    expect(await oa.channel.deliver(oa.answerTo(user), six)).toEqual({ as: 'sent' });
    const [first, second] = user.person.messages;
    expect(first?.buttons.map(({ title }) => title)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `Mục ${n}`),
    );
    expect(second?.buttons).toEqual([]);
    expect(second?.text).toContain('6. Mục 6');
  });

  it('is what Zalo takes, whatever the reply', () => {
    const signer = new Choices('secret');
    const choice = fc.record({ token: fc.string({ maxLength: 64 }), label: fc.string() });
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 6000, unit: 'grapheme' }),
        fc.array(choice, { maxLength: 12 }),
        fc.boolean(),
        (said, all, english) => {
          const shown = text(`.${said}`.normalize('NFD'), {
            choices: all.map(({ token, label }) => ({ token, label: `.${label}` })),
            step: { at: 1, of: 6 },
          });
          const messages = messagesOf(shown, {
            userId: '1',
            language: english ? 'en' : 'vi',
            choices: signer,
            buttonTemplate: english ? 'button' : null,
            agentName: english ? 'Lan' : null,
          });
          for (const message of messages) {
            checkMessage({ recipient: { user_id: '1' }, message });
          }
          expect(messages.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('carries drawings, uploaded once, and goes without one that Zalo does not take', async () => {
    const oa = await LoneOa.start();
    const { user } = await oa.meet();
    const drawing = { name: 'label-where' as const, alt: 'Tem ở mặt sau' };
    const shown = text('Chụp tem giúp em', { pictures: [drawing] });
    await oa.channel.deliver(oa.answerTo(user), shown);
    await oa.channel.deliver(oa.answerTo(user), shown);
    expect(oa.server.calls.filter(({ path }) => path === UPLOAD)).toHaveLength(1);
    expect(user.person.messages.map((one) => [one.text, one.picture])).toEqual([
      ['Tem ở mặt sau', true],
      ['Chụp tem giúp em', false],
      ['Tem ở mặt sau', true],
      ['Chụp tem giúp em', false],
    ]);
    oa.server.next(CS, { error: -201 });
    expect(await oa.channel.deliver(oa.answerTo(user), shown)).toEqual({ as: 'sent' });
    expect(user.person.messages.at(-1)?.text).toBe('Chụp tem giúp em');
  });

  it('uploads a drawing again that Zalo has forgotten, and repeats nothing that went out', async () => {
    const oa = await LoneOa.start();
    const { user } = await oa.meet();
    const drawings = ['label-where', 'sadp-get'] as const;
    const pictures = drawings.map((name) => ({ name, alt: name }));
    const due = oa.answerTo(user);
    await oa.channel.deliver(oa.answerTo(user), text('a', { pictures }));
    oa.server.uploads.delete([...oa.server.uploads.keys()][1] ?? '');
    const shown = text('b', { pictures });
    expect(await oa.channel.deliver(due, shown)).toMatchObject({ as: 'transient' });
    expect(await oa.channel.deliver({ ...due, attempts: 1 }, shown)).toEqual({ as: 'sent' });
    const seen = user.person.messages.map((one) => one.text);
    expect(seen).toEqual(['label-where', 'sadp-get', 'a', 'label-where', 'sadp-get', 'b']);
  });

  it("shows an agent's photo with their name and words, or the words when the photo is gone", async () => {
    const oa = await LoneOa.start();
    const { user } = await oa.meet();
    const photo = await oa.store.putBlob(Buffer.from('ffd8ffe0', 'hex'), 'image/jpeg');
    const say = (blobId: string) => {
      const agent = { name: 'Lan', text: 'Chụp như thế này ạ', photo: blobId };
      const effect = { kind: 'send' as const, reply: { key: 'x' }, push: false, agent };
      return oa.channel.deliver(oa.answerTo(user, { effect }), text(agent.text));
    };
    expect(await say(photo)).toEqual({ as: 'sent' });
    expect(await say('gone')).toEqual({ as: 'sent' });
    expect(user.person.messages.slice(-2).map((one) => [one.text, one.picture])).toEqual([
      ['Lan:\nChụp như thế này ạ', true],
      ['Lan:\nChụp như thế này ạ', false],
    ]);
  });

  it('fits a picture of any size into a megabyte', async () => {
    const side = 1500;
    const noise = await sharp(randomBytes(side * side * 3), {
      raw: { width: side, height: side, channels: 3 },
    })
      .png()
      .toBuffer();
    expect(noise.length).toBeGreaterThan(1_000_000);
    const { bytes, mime } = await fitPicture(noise, 'image/png');
    expect(mime).toBe('image/jpeg');
    expect(bytes.length).toBeLessThanOrEqual(1_000_000);
    const small = await sharp({
      create: { width: 9, height: 9, channels: 3, background: 'red' },
    })
      .png()
      .toBuffer();
    expect((await fitPicture(small, 'image/png')).bytes).toBe(small);
  });
});

describe('what Zalo refuses', () => {
  const delivered = async (oa: LoneOa) => {
    const { user } = await oa.meet();
    return oa.channel.deliver(oa.answerTo(user), text('Chào'));
  };

  it.each([
    [-32, { as: 'transient' }],
    [-201, { as: 'permanent' }],
    [-210, { as: 'permanent' }],
    [-240, { as: 'permanent' }],
    [-213, { as: 'unreachable' }],
    [-227, { as: 'unreachable' }],
    [-244, { as: 'unreachable' }],
    [-230, { as: 'permanent' }],
    [-211, { as: 'transient', deferred: true }],
    [-218, { as: 'transient', deferred: true }],
    [-234, { as: 'transient', deferred: true }],
    [-224, { as: 'transient', deferred: true }],
    [-221, { as: 'transient', deferred: true }],
    [-320, { as: 'transient', deferred: true }],
    [-99999, { as: 'transient' }],
  ])('%i: %o', async (code, wanted) => {
    const oa = await LoneOa.start();
    oa.server.next(CS, { error: code });
    const delivery = await delivered(oa);
    expect(delivery).toMatchObject(wanted);
    expect(JSON.stringify(delivery)).toContain(String(code));
  });

  it('at night waits for the morning in Vietnam', async () => {
    const oa = await LoneOa.start();
    oa.ahead = Date.parse('2026-11-24T23:30:00+07:00') - Date.now();
    await oa.connect();
    oa.server.next(CS, { error: -234 });
    const delivery = await delivered(oa);
    expect(delivery).toMatchObject({ at: Date.parse('2026-11-25T06:00:00+07:00') });
  });

  it.each([-216, -220])('%i: the token is renewed once, and the message goes out', async (code) => {
    const oa = await LoneOa.start();
    oa.server.next(CS, { error: code });
    expect(await delivered(oa)).toEqual({ as: 'sent' });
    expect(oa.server.oauth.used).toHaveLength(1);
  });

  it('for good without a new consent: the operator is told once, everything is tried again', async () => {
    const oa = await LoneOa.start();
    oa.server.oauth.expireAll();
    oa.server.oauth.grant();
    for (let times = 0; times < 3; times += 1) {
      expect(await delivered(oa)).toMatchObject({ as: 'transient', deferred: true });
    }
    const asked = oa.complaints.filter((one) => one.includes('Connect the account again'));
    expect(asked).toHaveLength(1);
    expect(oa.server.oauth.used).toEqual([]);
    await oa.connect();
    expect(await delivered(oa)).toEqual({ as: 'sent' });
  });

  it('tells the operator what to mend, once, in a sentence', async () => {
    const oa = await LoneOa.start();
    oa.server.next(CS, { error: -224 });
    oa.server.next(CS, { error: -224 });
    await delivered(oa);
    await delivered(oa);
    expect(oa.complaints).toEqual([expect.stringMatching(/service package.*upgrade it/)]);
  });

  it('without a proof of the app secret, where it is asked for: a setting adds it', async () => {
    const without = await LoneOa.start();
    without.server.wantsProof = true;
    expect(await delivered(without)).toMatchObject({ as: 'transient', deferred: true });
    expect(without.complaints).toEqual([expect.stringMatching(/proof/)]);
    const withProof = await LoneOa.start({ appSecretProof: true });
    withProof.server.wantsProof = true;
    expect(await delivered(withProof)).toEqual({ as: 'sent' });
  });

  it('for this minute: nothing more is asked in it once the header says that none remain', async () => {
    const oa = await LoneOa.start();
    oa.server.headers = { 'x-ratelimit-limit': '4000', 'x-ratelimit-remain': '0' };
    expect(await delivered(oa)).toEqual({ as: 'sent' });
    const calls = oa.server.calls.length;
    const late = await delivered(oa);
    expect(late).toMatchObject({ as: 'transient' });
    const { at = 0 } = late as { at?: number };
    expect(at % 60_000).toBe(0);
    expect(oa.server.calls).toHaveLength(calls);
    oa.ahead += 60_000;
    oa.server.headers = {};
    expect(await delivered(oa)).toEqual({ as: 'sent' });
  });
});

describe('the rate', () => {
  it('is 4000 a minute by our own count, or what the headers say', () => {
    const rate = new Rate();
    const minute = 60_000 * 1_000;
    for (let count = 0; count < 4_000; count += 1) expect(rate.take(minute + count)).toBeNull();
    expect(rate.take(minute + 5_000)).toBe(minute + 60_000);
    expect(rate.take(minute + 60_000)).toBeNull();
    rate.hear(new Headers({ 'x-ratelimit-limit': '2', 'x-ratelimit-remain': '1' }), minute);
    expect(rate.take(minute + 60_001)).toBeNull();
    expect(rate.take(minute + 60_002)).toBe(minute + 120_000);
    rate.hear(new Headers({ 'x-ratelimit-limit': 'many', 'x-ratelimit-remain': '' }), minute);
    expect(rate.take(minute + 120_000)).toBeNull();
  });
});
