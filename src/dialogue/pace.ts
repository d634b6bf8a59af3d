import { isFromPerson } from './event.ts';
import type { Scene } from './scene.ts';

const MINUTE_MS = 60_000;
/** More than an album, its string in pieces and all the answers of a case in one minute. */
const MOST_IN_A_MINUTE = 40;

/**
 * Somebody who sends faster than answers can be read is told, once, that all of it is received and
 * that answers take longer: the way out is slower than the way in. Told as news, which the answer to
 * their next message does not take the place of.
 */
export function notePace(scene: Scene): void {
  const { event, conversation } = scene;
  if (!isFromPerson(event)) return;
  const before = conversation.pace;
  // A clock that was set back begins a new minute.
  const passed = before === null ? MINUTE_MS : event.at - before.since;
  if (before !== null && passed >= 0 && passed < MINUTE_MS) {
    conversation.pace = { ...before, count: before.count + 1 };
  } else {
    const goesOn =
      before !== null && passed < 2 * MINUTE_MS && before.count > MOST_IN_A_MINUTE && before.told;
    conversation.pace = { since: event.at, count: 1, told: goesOn };
  }
  const { pace } = conversation;
  if (pace.told || pace.count <= MOST_IN_A_MINUTE || scene.agentOwns) return;
  pace.told = true;
  scene.push({ key: 'pace.slow' });
}
