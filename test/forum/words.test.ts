import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from '../../src/forum/agenda.ts';
import { blocksOf, packed } from '../../src/forum/compose.ts';
import { Pacer } from '../../src/forum/pacer.ts';
import { forumTexts } from '../../src/forum/texts.ts';
import { type ButtonAct, readToken, writeToken } from '../../src/forum/token.ts';
import type { TranscriptLine } from '../../src/store/contract.ts';
import { textOfHtml } from '../channels/telegram/bot-api/html.ts';

const t = forumTexts('en');

function line(more: Partial<TranscriptLine>): TranscriptLine {
  return {
    id: 1,
    conversationId: 'c',
    at: 0,
    author: 'bot',
    agentName: null,
    language: 'vi',
    shown: { text: 'xin chào', choices: [], pictures: [] },
    reply: null,
    blobIds: [],
    secretRef: null,
    delivery: 'sent',
    toldIn: null,
    ...more,
  };
}

const anyText = fc.string({ unit: 'grapheme', maxLength: 9_000 });
const anyLine = fc
  .record({
    author: fc.constantFrom('installer' as const, 'bot' as const, 'agent' as const),
    agentName: fc.option(fc.string({ unit: 'grapheme', maxLength: 80 })),
    text: anyText,
    delivery: fc.constantFrom(
      'due' as const,
      'sent' as const,
      'failed' as const,
      'cancelled' as const,
    ),
    blobIds: fc.array(fc.string(), { maxLength: 10 }),
    secretRef: fc.option(fc.string()),
  })
  .map(({ text, ...more }) => line({ ...more, shown: { text, choices: [], pictures: [] } }));

describe('what a topic is told', () => {
  it('is always something that Telegram takes', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 5 }), (lines) => {
        for (const html of packed(lines.flatMap((one) => blocksOf(one, t)))) {
          const shown = textOfHtml(html);
          expect(shown.trim()).not.toBe('');
          expect(shown.length).toBeLessThanOrEqual(4_096);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says what became of a line, and of a secret only that it came', () => {
    const [withdrawn] = packed(blocksOf(line({ delivery: 'cancelled' }), t));
    expect(withdrawn).toContain('<s>xin chào</s>');
    expect(withdrawn).toContain('withdrawn');
    const [secret] = packed(blocksOf(line({ author: 'installer', secretRef: 'ref-9' }), t));
    expect(secret).toContain('see it at the desk');
    expect(secret).not.toContain('ref-9');
  });
});

describe("a button's token", () => {
  const number = fc.nat(999_999);
  const caseId = fc.stringMatching(/^[\w-]{1,44}$/);
  const anyAct: fc.Arbitrary<ButtonAct> = fc.oneof(
    fc.record({ act: fc.constantFrom('take' as const, 'back' as const), epoch: number }),
    fc.record({
      act: fc.constantFrom('approve' as const, 'refuse' as const),
      caseId,
      revision: number,
    }),
    fc.record({ act: fc.constant('reason' as const), caseId, revision: number, reason: fc.nat(9) }),
    fc.record({ act: fc.constant('menu' as const) }),
  );

  it('is read as it was written, within 64 bytes', () => {
    fc.assert(
      fc.property(anyAct, (act) => {
        const token = writeToken(act);
        expect(Buffer.byteLength(token ?? '')).toBeLessThanOrEqual(64);
        expect(readToken(token ?? '')).toEqual(act);
      }),
    );
    expect(writeToken({ act: 'approve', caseId: 'x'.repeat(70), revision: 1 })).toBeNull();
  });

  it('that nobody wrote does nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 64 }), (token) => {
        const act = readToken(token);
        if (act && 'epoch' in act) expect(act.epoch).toBeGreaterThanOrEqual(-1);
      }),
    );
    for (const token of ['', 'f', 'f:z', 'n:1', 'g:t:1']) expect(readToken(token)).toBeNull();
  });
});

describe('the pace of the group', () => {
  it('never lets more than 17 of a minute be mirrored, whatever comes when', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9_000), { maxLength: 120 }), (gaps) => {
        let now = 1_000_000;
        const pacer = new Pacer(() => now);
        const sent: number[] = [];
        for (const gap of gaps) {
          now += gap;
          now += pacer.waitMs(1);
          expect(pacer.waitMs(1)).toBe(0);
          pacer.spend();
          sent.push(now);
          expect(sent.filter((at) => at > now - 60_000).length).toBeLessThanOrEqual(17);
        }
      }),
    );
  });

  it('rests as long as Telegram says, and not for ever when the clock is set back', () => {
    let now = 10_000_000_000;
    const pacer = new Pacer(() => now);
    pacer.hold(40_000);
    expect(pacer.waitMs(1)).toBe(40_000);
    for (let n = 0; n < 17; n += 1) pacer.spend();
    now -= 86_400_000;
    expect(pacer.waitMs(1)).toBeLessThanOrEqual(60_000);
  });
});

describe('whose turn it is', () => {
  it('is the human’s, and every third time the oldest one’s', async () => {
    const agenda = new Agenda();
    for (const id of ['a', 'b', 'c', 'd']) agenda.add(id, 0);
    for (const id of ['x', 'y', 'z']) agenda.add(id, 1);
    const humans = async () => new Set(['x', 'y', 'z']);
    const turns: (string | null)[] = [];
    for (let n = 0; n < 8; n += 1) turns.push(await agenda.take(2, humans));
    expect(turns).toEqual(['x', 'y', 'a', 'z', 'b', 'c', 'd', null]);
  });

  it('does not come before its time, and more news do not put it off', async () => {
    const agenda = new Agenda();
    agenda.add('a', 10);
    agenda.add('a', 99);
    expect(agenda.nextAt()).toBe(10);
    expect(await agenda.take(9, async () => new Set())).toBeNull();
    expect(await agenda.take(10, async () => new Set())).toBe('a');
    expect(agenda.nextAt()).toBeNull();
  });
});
