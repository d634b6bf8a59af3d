import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConversationSchema } from '../../src/dialogue/conversation.ts';
import { readToken } from '../../src/dialogue/token.ts';
import { type Said, words } from '../conversations/world.ts';
import { isPersons, SECRETS, steps, take, worldAfter } from './steps.ts';

const RUNS = { numRuns: 300 };

/** Pieces of every secret, overlapping, so that a leak of 24 characters cannot slip between them. */
const PIECES = SECRETS.flatMap((text) =>
  Array.from({ length: Math.floor((text.length - 16) / 8) }, (_, nth) =>
    text.slice(nth * 8, nth * 8 + 16),
  ),
);

function expectSayable({ reply }: Said): void {
  for (const language of ['vi', 'en'] as const) {
    const { text, choices, pictures } = words.render(reply, language);
    const keys = [reply.key, ...(reply.lines ?? []).flatMap(({ label, key }) => [label, key])];
    for (const key of keys) expect(text.split(/\n|: /)).not.toContain(key);
    expect(text).not.toMatch(/\{\{|\$t\(|undefined/);
    choices.forEach(({ label }, index) => {
      expect(label).not.toBe(reply.choices?.[index]?.key);
      expect(label).not.toMatch(/\{\{/);
    });
    for (const { name, alt } of pictures) expect(alt).not.toBe(`picture.${name}`);
  }
}

describe('whatever happens to a conversation', { timeout: 60_000 }, () => {
  it('a person is always answered while no agent has it', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        const world = worldAfter([]);
        for (const one of happens) {
          const said = take(world, one);
          const owed = isPersons(one) && world.conversation.owner.who !== 'agent';
          if (owed) expect(said.length, JSON.stringify(one).slice(0, 200)).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });

  it('under an agent the bot says nothing but news', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        const world = worldAfter([]);
        for (const one of happens) {
          const agents = world.conversation.owner.who === 'agent';
          const said = take(world, one);
          if (!agents || world.conversation.owner.who !== 'agent') continue;
          expect(said.filter(({ push, key }) => !push && key !== 'handoff.words')).toEqual([]);
          if (isPersons(one)) expect(said).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('every reply has a text in both languages, and every button fits the smallest platform', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        for (const said of worldAfter(happens).said) {
          expectSayable(said);
          for (const { token } of said.reply.choices ?? []) {
            expect(Buffer.byteLength(token)).toBeLessThanOrEqual(64);
            expect(readToken(token), token).not.toBeNull();
          }
        }
      }),
      RUNS,
    );
  });

  it('no SADP string is ever in the conversation, in a reply or in the transcript', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        const world = worldAfter(happens);
        const kept =
          JSON.stringify(world.conversation) +
          JSON.stringify(world.said) +
          world.transcript.join('\n').replace(/\s/g, '');
        for (const piece of PIECES) expect(kept).not.toContain(piece);
      }),
      RUNS,
    );
  });

  it('a conversation restored before each turn is the same as one that stays in memory', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        const [restored, kept] = [worldAfter(happens), worldAfter(happens, false)];
        expect(restored.conversation).toEqual(kept.conversation);
        expect(restored.said).toEqual(kept.said);
        expect(restored.transcript).toEqual(kept.transcript);
        expect(ConversationSchema.parse(kept.conversation)).toEqual(kept.conversation);
      }),
      RUNS,
    );
  });

  it('a string that the case turned out not to need is forgotten once it is sent', () => {
    const text = SECRETS[0] ?? '';
    const world = worldAfter([
      { does: 'writes', text: 'lan' },
      { does: 'writes', text: 'lan' },
      { does: 'writes', text: 'E12345678' },
      { does: 'photographs', pictures: ['E12345678'] },
      { is: 'oneResult' },
      { does: 'scans', devices: ['E12345678 '], pasted: false },
      { does: 'writes', text: 'đồng ý' },
      { does: 'sendsFile', name: 'a.xml', content: { kind: 'text', text } },
      { does: 'writes', text: 'gửi hồ sơ' },
    ]);
    expect([...world.secrets.keys()]).toHaveLength(1);
    take(world, { is: 'oneResult' });
    expect(world.cases.map(({ draft }) => draft.sadp)).toEqual([null]);
    expect([...world.secrets.keys()]).toEqual([]);
  });

  it('secrets that nothing refers to any more are forgotten', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        const world = worldAfter(happens);
        const held =
          JSON.stringify(world.conversation) +
          JSON.stringify(world.cases) +
          JSON.stringify(world.waiting);
        for (const ref of world.secrets.keys()) expect(held).toContain(`"${ref}"`);
        for (const ref of world.conversation.heldSecrets) {
          expect(world.secrets.has(ref)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});
