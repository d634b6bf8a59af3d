import { describe, expect, it } from 'vitest';
import { SLOT_NAMES } from '../../src/dialogue/conversation.ts';
import { sadpA } from '../conversations/strings.ts';
import type { World } from '../conversations/world.ts';
import { type Step, worldAfter } from './steps.ts';

const writes = (...texts: string[]): Step[] => texts.map((text) => ({ does: 'writes', text }));
const shows = (...pictures: string[]): Step[] => [
  { does: 'photographs', pictures },
  { is: 'allResults' },
];

const serial = writes('chào em', 'khác');
const proof = [...serial, ...writes('D12345678')];
const sadpString = [...proof, ...shows('D12345678')];
const consent = [...sadpString, ...writes(sadpA())];
const review = [...consent, ...writes('đồng ý')];
const sent: Step[] = [...review, ...writes('gửi'), { is: 'allResults' }];
const decided = (change: Extract<Step, { is: 'decision' }>['change']): Step[] => [
  ...sent,
  { is: 'decision', nth: 0, change },
  ...writes('sửa ngay'),
];

const verification: Step[] = [
  ...writes('chào em', '/verify', 'Công ty An Bình', '0100112437'),
  { does: 'photographs', pictures: ['wall'] },
  ...writes('0912345678'),
];

const batch: Step[] = [
  ...writes('chào em', 'khác', 'D12345678, E12345678'),
  ...writes('tất cả'),
  ...shows('D12345678', 'E12345678'),
  ...writes(sadpA(), sadpA('another'), 'đồng ý'),
];

/** Every question that a person can stand before, with the way there. */
const PLACES: Record<string, Step[]> = {
  network: writes('chào em'),
  serial,
  'is it this serial': [...serial, ...shows('D12345678')],
  'which of these serials': [...serial, ...shows('two')],
  'a photo being read': [...proof, { does: 'photographs', pictures: ['D12345678'] }],
  proof,
  'another serial in the photo': [...proof, ...shows('E12345678')],
  sadpString,
  'the rest of a string': [...sadpString, ...writes(sadpA().slice(0, 61))],
  'a file named for another device': [
    ...sadpString,
    {
      does: 'sendsFile',
      name: '[E12345678]-[202611230900].xml',
      content: { kind: 'text', text: sadpA() },
    },
  ],
  consent,
  review,
  'a change of the serial': [...review, ...writes('E12345678')],
  'a string that is refused': decided({ status: 'rejected', reason: 'sadpStringInvalid' }),
  'a serial that does not match': decided({ status: 'rejected', reason: 'serialMismatch' }),
  'a device that must be ready': decided({ status: 'rejected', reason: 'notBound' }),
  'a verification that is missing': decided({ status: 'rejected', reason: 'accountUnverified' }),
  'one of several devices': batch.slice(0, 3),
  'the review of several devices': batch,
  'a company’s name': writes('chào em', '/verify'),
  'a tax code': writes('chào em', '/verify', 'Công ty An Bình'),
  'a licence': writes('chào em', '/verify', 'Công ty An Bình', '0100112437'),
  'a telephone number': verification.slice(0, -1),
  'a company’s review': verification,
  'a question of an agent': decided({ status: 'needsInfo', question: 'Mua ở đâu?' }),
};

/** What is said at every step: words with and without diacritics, English, a command. */
const ASKED: Record<string, { words: string[]; command: string; answer: RegExp }> = {
  help: { words: ['trợ giúp', 'tro giup', 'Help!'], command: '/help', answer: /^help\.where$/ },
  status: { words: ['xem hồ sơ', 'trang thai'], command: '/status', answer: /^status\./ },
  human: {
    words: ['gặp nhân viên', 'talk to a human'],
    command: '/human',
    answer: /^human\.queued/,
  },
  language: { words: ['English', 'tieng anh'], command: '/en', answer: /^language\.done$/ },
  cancel: {
    words: ['hủy', 'huỷ', 'huy', 'cancel'],
    command: '/huy',
    answer: /^(?:cancel\.confirm|verify\.stopConfirm)$/,
  },
  restart: {
    words: ['làm lại', 'lam lai tu dau'],
    command: '/restart',
    answer: /^restart\.confirm$/,
  },
  tips: { words: ['tự gỡ tại chỗ'], command: '/tips', answer: /^tips\.onTheSpot$/ },
  back: { words: ['quay lại', 'back'], command: '/back', answer: /^back\.(?:done|first)$/ },
  change: {
    words: ['sửa', 'sửa lại ạ'],
    command: '/change',
    answer: /^(?:correct\.which|batch\.whichDevice)$/,
  },
  'change of the network': {
    words: ['đổi mạng', 'sua mang', 'change the network'],
    command: '',
    answer: /^correct\.(?:done|notYet)$/,
  },
};
const HARMLESS = ['help', 'status', 'human', 'language', 'cancel', 'restart', 'tips', 'change'];

function filled(world: World): string[] {
  const form = world.conversation.forms.find(({ id }) => id === world.conversation.focus);
  const slots = Object.entries(form?.slots ?? {});
  return slots.flatMap(([name, slot]) => (slot?.state === 'filled' ? [name] : []));
}

const keysOf = (world: World, text: string): string[] => world.text(text).map(({ key }) => key);

it('every slot is asked for at one of these places', () => {
  const asked = new Set(Object.values(PLACES).map((way) => worldAfter(way).asked));
  expect(SLOT_NAMES.filter((name) => !asked.has(name))).toEqual([]);
});

describe.each(Object.entries(PLACES))('at %s', (_, way) => {
  const { asked: open } = worldAfter(way);
  const takesFreeWords = open === 'answer';
  // A company has no network that could be changed.
  const verifies = way.some((one) => 'text' in one && one.text === '/verify');

  it.each(Object.entries(ASKED))(
    '%s is understood, and asks again what was asked',
    (name, asked) => {
      const texts = [
        ...(takesFreeWords ? [] : asked.words),
        ...(asked.command ? [asked.command] : []),
      ];
      for (const text of texts) {
        const world = worldAfter(way);
        const [before, last] = [filled(world), world.said.at(-1)?.key];
        const said = keysOf(world, text);
        // Nothing is filled at the first question, so nothing is lost by starting over.
        const expected =
          name === 'restart' && before.length === 0
            ? /^restart\.done$/
            : name === 'change of the network' && verifies
              ? /^correct\.which$/
              : asked.answer;
        expect(said[0], `${text}: ${said.join(', ')}`).toMatch(expected);
        if (!HARMLESS.includes(name)) continue;
        expect(filled(world), text).toEqual(before);
        if (!['cancel', 'restart', 'change'].includes(name) && last !== 'photo.looking') {
          expect(said.at(-1), text).toBe(last);
        }
      }
    },
  );

  it('words of an agent’s free question are an answer, never a command', () => {
    if (!takesFreeWords) return;
    const world = worldAfter(way);
    expect(keysOf(world, 'Hủy')).toEqual(['review.ask']);
    expect(world.said.at(-1)?.shown.text).toContain('Câu trả lời: Hủy');
  });

  it('a button can be pressed, typed as a number, or typed as it is written', () => {
    const offered = worldAfter(way).said.at(-1)?.shown.choices ?? [];
    offered.forEach(({ token, label }, index) => {
      const [pressed, numbered, written] = [worldAfter(way), worldAfter(way), worldAfter(way)];
      const said = pressed.press(token).map(({ key }) => key);
      expect(keysOf(numbered, String(index + 1)), `number of ${label}`).toEqual(said);
      if (!takesFreeWords) expect(keysOf(written, label), label).toEqual(said);
    });
  });

  it('the same in English', () => {
    const inEnglish = () => worldAfter([...way, ...writes('/en')]);
    const offered = inEnglish().said.at(-1)?.shown.choices ?? [];
    for (const { token, label } of offered) {
      const said = inEnglish()
        .press(token)
        .map(({ key }) => key);
      if (!takesFreeWords) expect(keysOf(inEnglish(), label), label).toEqual(said);
    }
  });

  it('the bot goes on from here when an agent hands back', () => {
    const world = worldAfter(way);
    const [asked, before, open] = [world.asked, filled(world), world.said.at(-1)?.key];
    const acts = (act: 'takeOver' | 'handBack') =>
      world.deliver({
        ...world.base(),
        type: 'agentActed',
        act,
        agentId: 'lan',
        agentName: 'Lan',
      });
    acts('takeOver');
    world.text('chị ơi');
    const back = acts('handBack');
    expect(back[0]?.key).toBe('handoff.back');
    expect(world.asked).toBe(asked);
    expect(filled(world)).toEqual(before);
    // While a photo is read, that is what is said of it.
    expect(back.at(-1)?.key).toBe(open === 'photo.looking' ? 'photo.stillLooking' : open);
  });

  it('nonsense is answered by repeating, then explaining, then offering a human', () => {
    const world = worldAfter(way);
    // A name may be any words.
    if (takesFreeWords || open === 'company' || world.said.at(-1)?.key === 'photo.looking') return;
    const [first, second, third] = ['😀', 'xyz xyz', '…'].map((text) => keysOf(world, text));
    const question = first?.at(-1);
    expect(first).toHaveLength(2);
    expect(second?.length).toBeGreaterThan(2);
    expect(third).toEqual([first?.[0], 'strikes.offerHuman', question]);
    const human = world.said.at(-1)?.reply.choices?.find(({ key }) => key === 'choice.human');
    if (!human) throw new Error('A human is offered.');
    expect(world.press(human.token)[0]?.key).toMatch(/^human\.queued/);
  });
});
