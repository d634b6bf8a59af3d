import { expect, it } from 'vitest';
import { PersonNames } from '../../src/channels/person-names.ts';

function names(keep: (name: string) => Promise<void> = async () => undefined) {
  const clock = { now: 0 };
  const kept: string[] = [];
  const warned: string[] = [];
  const people = new PersonNames('telegram', {
    store: {
      keepPersonName: async (_channel, chatId, name) => {
        kept.push(`${chatId}: ${name}`);
        await keep(name);
      },
    },
    log: { warn: (...words: unknown[]) => void warned.push(JSON.stringify(words)) },
    now: () => clock.now,
  });
  return { people, kept, warned, clock };
}

it('a name is written once, again when it changes, and again after a while: it may have been deleted', () => {
  const { people, kept, clock } = names();
  for (let n = 0; n < 5; n++) people.see('1', 'Minh', 'Trần');
  people.see('2', 'Minh', undefined);
  people.see('1', 'Minh T.');
  clock.now += 11 * 60_000;
  people.see('1', 'Minh T.');
  expect(kept).toEqual(['1: Minh Trần', '2: Minh', '1: Minh T.', '1: Minh T.']);
});

it('a name has no signs that would disturb the page, and an end', () => {
  const { people, kept } = names();
  people.see('1', ' Minh\n\u202ETrần\u0000 ', 'a\u0309'.normalize('NFD'));
  people.see('2', '\u200B \n');
  people.see('3', `${'x'.repeat(129)}😀`);
  expect(kept).toEqual(['1: Minh Trần ả', `3: ${'x'.repeat(129)}`]);
});

it('a name that cannot be kept is complained of without it, and tried with the next message', async () => {
  const { people, kept, warned } = names(async () => {
    throw new Error('disk full at Minh');
  });
  people.see('1', 'Minh');
  await expect.poll(() => warned).toHaveLength(1);
  expect(warned.join()).not.toContain('Minh');
  people.see('1', 'Minh');
  expect(kept).toHaveLength(2);
});
