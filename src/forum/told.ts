import type { Room } from './room.ts';

/**
 * Whether all news of a conversation were told, or when to go on. After trouble the group rests by
 * itself.
 */
export type Told = { as: 'all' } | { as: 'more'; at: number };

export const ALL: Told = { as: 'all' };

/** There is more to tell, now or in so many milliseconds. */
export function more({ now }: Room, ms = 0): Told {
  return { as: 'more', at: now() + ms };
}

/** When to come back, where there is no room for so much; null when there is. */
export function noRoom(room: Room, cost: number): Told | null {
  const ms = room.pacer.waitMs(cost);
  return ms > 0 ? more(room, ms) : null;
}
