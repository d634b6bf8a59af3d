import { describe, expect, it } from 'vitest';
import type { Channel, Delivery } from '../../src/channels/contract.ts';
import type { ChannelName } from '../../src/dialogue/event.ts';
import type { Reply } from '../../src/dialogue/reply.ts';
import { COVERED_LINK_CODE, readLinkCode } from '../../src/domain/link-code.ts';
import { createLinkCodes } from '../../src/engine/link-codes.ts';
import type { EffectOf } from '../../src/engine/perform.ts';
import { createSend } from '../../src/engine/send.ts';
import type { Routes } from '../../src/store/contract.ts';
import type { Rendered } from '../../src/words/words.ts';
import { words } from '../conversations/world.ts';

const NOW = 1_795_000_000_000;
const phone = { conversationId: 'phone', channel: 'telegram' as const, chatId: '42' };
const oldPhone = { conversationId: 'old', channel: 'telegram' as const, chatId: '41' };

/** A web page and a bot, and a store that says where else the account is. */
function build(answer: Delivery, routes: Partial<Routes> = {}) {
  const shown: Rendered[] = [];
  const offered: string[] = [];
  let codesLeft = 1;
  const page: Channel = {
    name: 'web',
    deliver: async (_, rendered) => {
      shown.push(rendered);
      return answer;
    },
    start: async () => {},
    stop: async () => {},
  };
  const bot: Channel = {
    ...page,
    name: 'telegram',
    linkTo: (code) => ({ url: `https://t.me/bot?start=link_${code}`, carriesCode: true }),
  };
  const channels = new Map<ChannelName, Channel>([
    ['web', page],
    ['telegram', bot],
  ]);
  const now = () => NOW;
  const linkCodes = createLinkCodes({
    store: {
      conversationById: async () => null,
      offerLinkCode: async (_, code) => {
        offered.push(code);
        codesLeft -= 1;
        return codesLeft >= 0;
      },
    },
    channels,
    words,
    now,
  });
  const store = {
    ownerEpoch: async () => 0,
    routesOf: async () => ({ unreachable: null, others: [phone], ...routes }),
  };
  return { shown, offered, send: createSend({ store, channels, linkCodes, now }) };
}

function due(reply: Partial<Reply> = {}, push = true): EffectOf<'send'> {
  const linkCode = reply.linkCode ? { linkCode: true as const } : {};
  return {
    effectId: 7,
    conversationId: 'page',
    channel: 'web',
    chatId: 'chat',
    lane: null,
    dueAt: NOW,
    expiresAt: null,
    attempts: 0,
    repeat: 'safe',
    attemptedAt: null,
    epoch: 0,
    lineId: 1,
    shown: { text: `Mã: ${COVERED_LINK_CODE}`, choices: [], pictures: [], ...linkCode },
    effect: { kind: 'send', push, reply: { key: 'case.unbound', caseId: 'c1', ...reply } },
  };
}

const unseen: Delivery = { as: 'unseen', otherwise: { as: 'sent' } };
const DONE = { settlement: { effectId: 7, as: 'done' } };

describe('news of a case', () => {
  it('that its page shows is told nowhere else', async () => {
    expect(await build({ as: 'sent' }).send(due())).toEqual(DONE);
  });

  it.each<[string, Delivery]>([
    ['nobody sees', unseen],
    ['no browser takes', { as: 'unseen', otherwise: { as: 'transient', why: '503' } }],
    ['the platform refuses', { as: 'permanent', why: '400' }],
  ])('that %s goes to another conversation of the account', async (_, answer) => {
    const { channel, chatId } = phone;
    expect(await build(answer).send(due())).toEqual({
      result: {
        eventId: 'pass:7',
        at: NOW,
        channel,
        chatId,
        type: 'newsPassedOn',
        reply: { key: 'case.unbound', caseId: 'c1' },
        from: 'web',
        tried: ['page'],
      },
      settlement: { effectId: 7, as: 'passedOn', toldIn: 'phone' },
    });
  });

  it('is not tried at an address that takes nothing', async () => {
    const house = build({ as: 'sent' }, { unreachable: 'blocked' });
    expect(await house.send(due())).toMatchObject({ settlement: { as: 'passedOn' } });
    expect(house.shown).toEqual([]);
  });

  it('with nowhere to go ends as it would have without', async () => {
    expect(await build(unseen, { others: [] }).send(due())).toEqual(DONE);
    const blocked = build({ as: 'sent' }, { others: [], unreachable: 'blocked' });
    expect(await blocked.send(due())).toMatchObject({ settlement: { as: 'dead' } });
    const busy: Delivery = { as: 'unseen', otherwise: { as: 'transient', why: '503' } };
    const retried = await build(busy, { others: [] }).send(due());
    expect(retried).toMatchObject({ settlement: { as: 'retry', why: '503' } });
  });

  it('never comes back to a conversation that could not show it', async () => {
    const house = build(unseen, { others: [phone, oldPhone] });
    expect(await house.send(due({ tried: ['phone'] }))).toMatchObject({
      result: { chatId: '41', tried: ['phone', 'page'] },
    });
    expect(await house.send(due({ tried: ['phone', 'old'] }))).toEqual(DONE);
  });

  it('goes to no channel that is not connected', async () => {
    const zalo = { conversationId: 'z', channel: 'zalo-oa' as const, chatId: '1' };
    expect(await build(unseen, { others: [zalo] }).send(due())).toEqual(DONE);
  });

  it('is all that is told elsewhere: a reply, and what is no news of a case, is not', async () => {
    expect(await build(unseen).send(due({}, false))).toEqual(DONE);
    const taken = due();
    taken.effect.reply = { key: 'handoff.taken' };
    expect(await build(unseen).send(taken)).toEqual(DONE);
  });
});

describe('a link code', () => {
  it('is made when its reply goes out, and stands nowhere else', async () => {
    const house = build({ as: 'sent' });
    const effect = due({ key: 'link.code', linkCode: true }, false);
    await house.send(effect);
    const [code = ''] = house.offered;
    expect(house.shown[0]?.text).toBe(
      `Mã: ${code.replace(/(...)(...)(...)/, '$1-$2-$3')}\n` +
        `Mở nhanh trên Telegram: https://t.me/bot?start=link_${code}`,
    );
    expect(readLinkCode(house.shown[0]?.text.slice(4, 15) ?? '')).toBe(code);
    expect(JSON.stringify(effect)).not.toContain(code);
  });

  it('is refused in words when there were too many', async () => {
    const house = build({ as: 'sent' });
    await house.send(due({ linkCode: true }, false));
    await house.send(due({ linkCode: true }, false));
    expect(house.shown[1]?.text).toContain('thử lại sau một giờ');
  });
});

describe('a reply', () => {
  it('that waits for something of its own leaves its lane', async () => {
    const at = NOW + 60_000;
    const delivery = { as: 'transient', why: 'no way now', at } as const;
    const why = 'no way now';
    const settled = async (answer: Delivery) => build(answer).send(due({}, false));
    expect(await settled({ ...delivery, deferred: true })).toEqual({
      settlement: { effectId: 7, as: 'retry', at, why, deferred: true },
    });
    expect(await settled(delivery)).toEqual({ settlement: { effectId: 7, as: 'retry', at, why } });
  });

  it('that may have gone out is tried again, unless twice would cost', async () => {
    const settled = async (answer: Delivery) => build(answer).send(due({}, false));
    expect(await settled({ as: 'ambiguous', why: 'lost' })).toMatchObject({
      settlement: { as: 'retry' },
    });
    expect(await settled({ as: 'ambiguous', why: 'lost', harmful: true })).toEqual({
      settlement: { effectId: 7, as: 'ambiguous', why: 'lost' },
    });
  });
});
