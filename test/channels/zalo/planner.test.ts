import { describe, expect, it } from 'vitest';
import {
  needsPhone,
  type Plan,
  type PlanInput,
  planPush,
} from '../../../src/channels/zalo/oa/planner.ts';

const at = (time: string) => Date.parse(`${time}+07:00`);

const NOTHING = {
  templateByUid: false,
  templateByPhone: false,
  phoneKnown: false,
  otherChannels: [],
} satisfies Partial<PlanInput>;
const UID = { templateByUid: true };
const PHONE = { templateByPhone: true };
const KNOWN = { templateByPhone: true, phoneKnown: true };
const WEB = { otherChannels: ['web' as const] };

interface Row {
  when: string;
  wrote: string | null;
  news: string;
  have?: Partial<PlanInput>;
  way: Plan['way'];
  why: Plan['why'];
}

const TABLE: Row[] = [
  {
    when: 'ten minutes later',
    wrote: '2026-11-24T09:00',
    news: '2026-11-24T09:10',
    way: 'free',
    why: 'within48h',
  },
  {
    when: 'sent on Saturday at 17:31, answered on Monday at opening',
    wrote: '2026-11-28T17:31',
    news: '2026-11-30T08:40',
    way: 'free',
    why: 'within48h',
  },
  {
    when: 'sent on Saturday at 17:31, answered on Monday at 17:30',
    wrote: '2026-11-28T17:31',
    news: '2026-11-30T17:30',
    way: 'free',
    why: 'within48h',
  },
  {
    when: 'sent on Saturday at 17:31, answered a minute too late on Monday',
    wrote: '2026-11-28T17:31',
    news: '2026-11-30T17:31',
    way: 'billed',
    why: 'within7d',
  },
  {
    when: 'the last minute of day 7',
    wrote: '2026-11-24T09:00',
    news: '2026-12-01T08:59',
    have: UID,
    way: 'billed',
    why: 'within7d',
  },
  {
    when: 'day 8, no template',
    wrote: '2026-11-24T09:00',
    news: '2026-12-01T09:00',
    way: 'wait',
    why: 'noTemplate',
  },
  {
    when: 'day 8, a template by id',
    wrote: '2026-11-24T09:00',
    news: '2026-12-01T09:00',
    have: { ...UID, ...KNOWN },
    way: 'templateByUid',
    why: 'after7d',
  },
  {
    when: 'day 8, a template by phone and the phone',
    wrote: '2026-11-24T09:00',
    news: '2026-12-01T09:00',
    have: { ...KNOWN, ...WEB },
    way: 'templateByPhone',
    why: 'after7d',
  },
  {
    when: 'day 8, a template by phone and no phone',
    wrote: '2026-11-24T09:00',
    news: '2026-12-01T09:00',
    have: PHONE,
    way: 'wait',
    why: 'noPhone',
  },
  {
    when: 'day 8, the same account in the web chat',
    wrote: '2026-11-24T09:00',
    news: '2026-12-01T09:00',
    have: { ...PHONE, ...WEB },
    way: 'otherChannel',
    why: 'after7d',
  },
  {
    when: 'sent on the eve of Tết, answered after it',
    wrote: '2027-02-04T17:00',
    news: '2027-02-12T09:00',
    have: KNOWN,
    way: 'templateByPhone',
    why: 'after7d',
  },
  {
    when: 'who never wrote',
    wrote: null,
    news: '2026-11-24T09:00',
    way: 'wait',
    why: 'noTemplate',
  },
];

describe('the way of a push', () => {
  it.each(TABLE)('$when: $way', ({ wrote, news, have, way, why }) => {
    const lastInteraction = wrote === null ? null : at(wrote);
    const plan = planPush({ ...NOTHING, ...have, now: at(news), lastInteraction });
    expect(plan).toMatchObject({ way, why });
  });
});

describe('asking for a phone number', () => {
  const asks = (wrote: string, answerBy: string, have: Partial<PlanInput>) =>
    needsPhone({
      ...NOTHING,
      ...have,
      now: at(wrote),
      lastInteraction: at(wrote),
      answerBy: at(answerBy),
    });

  it.each([
    ['the answer comes within minutes', '2026-11-24T09:00', '2026-11-24T09:10', PHONE, false],
    ['sent on Saturday for Monday', '2026-11-28T17:31', '2026-11-30T17:30', PHONE, false],
    ['the answer comes after Tết', '2027-02-04T17:00', '2027-02-12T17:30', PHONE, true],
    [
      'the promise is day 7, which may become day 8',
      '2026-11-24T09:00',
      '2026-11-30T17:30',
      PHONE,
      true,
    ],
    ['it is known already', '2027-02-04T17:00', '2027-02-12T17:30', KNOWN, false],
    ['a template by id does', '2027-02-04T17:00', '2027-02-12T17:30', { ...UID, ...PHONE }, false],
    ['another channel does', '2027-02-04T17:00', '2027-02-12T17:30', { ...PHONE, ...WEB }, false],
    ['no template by phone could use it', '2027-02-04T17:00', '2027-02-12T17:30', {}, false],
  ])('%s: %s to %s', (_when, wrote, answerBy, have, wanted) => {
    expect(asks(wrote, answerBy, have)).toBe(wanted);
  });
});
