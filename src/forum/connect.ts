import type { TelegramConfig } from '../config.ts';
import { ForumDoor } from './door.ts';
import { Forum } from './forum.ts';
import type { ForumOptions } from './options.ts';

type Doors = Pick<ForumOptions, 'store' | 'live' | 'masker' | 'publicUrl' | 'log'> & {
  people: ForumOptions['people'] | null;
  now: () => number;
};

/**
 * The agents' group, where one is configured: its door, which the Telegram channel needs to begin
 * with, and how it opens once there is a desk.
 */
export function connectForum(
  config: TelegramConfig | null,
  doors: Doors,
): { door: ForumDoor; open(desk: Pick<ForumOptions, 'acts' | 'decideCase'>): Forum } | null {
  const { people } = doors;
  if (!config?.agents || !people) return null;
  const { token, apiRoot, agents } = config;
  const door = new ForumDoor(doors.store, agents.group, doors.now);
  return {
    door,
    open: ({ acts, decideCase }) =>
      new Forum({ ...doors, ...agents, token, apiRoot, people, acts, decideCase }, door),
  };
}
