import { expect, it } from 'vitest';
import type { Untaken } from '../../src/dialogue/event.ts';
import { type Said, World } from '../conversations/world.ts';

/** What of it says that a file may answer. */
function takers(said: readonly Said[]): string[] {
  return said.flatMap(({ key, shown }) => (shown.takesFiles ? [key] : []));
}

it('a turn says at most once that files are taken, and always to who sent one or asks for help', () => {
  const world = new World();
  const sends = (what: Untaken) => world.deliver({ ...world.base(), type: 'unsupported', what });
  expect(takers(world.text('xin chào'))).toEqual([]);
  expect(takers(sends('notHandedOver'))).toEqual(['unsupported.notHandedOver']);
  expect(takers(sends('sticker'))).toEqual([]);
  expect(takers(world.text('trợ giúp'))).toEqual(['help.words']);
  expect(takers(world.text('2'))).toEqual([]);
  expect(takers(world.text('D12345678'))).toEqual(['proof.ask']);
  expect(takers(sends('photoTooLarge'))).toEqual(['proof.ask']);
  expect(takers(world.text('trợ giúp'))).toEqual(['proof.ask']);
});
