import { UpdateSchema } from '../channels/telegram/update.ts';
import type { ForumUpdateRow } from '../store/contract.ts';
import { TryAgain } from './answer.ts';
import { Gate } from './gate.ts';
import { onButton } from './on-button.ts';
import { onEdit, onMessage } from './on-message.ts';
import type { Room } from './room.ts';

const MOST = 50;
/** Something that fails as often is given up; nothing behind it would ever be heard. */
const MOST_TRIES = 12;
const LONGEST_MS = 60_000;

/**
 * Deals with what came from the group, in the order in which it came. What has to wait holds up what
 * stands behind it in its own topic, and nothing else.
 */
export class ForumIncoming {
  readonly #room: Room;
  readonly #gate: Gate;

  constructor(room: Room) {
    this.#room = room;
    this.#gate = new Gate(room);
  }

  /** @returns whether anything was done */
  async work(): Promise<boolean> {
    const { store, now } = this.#room;
    const held = new Set<number>();
    let worked = false;
    for (const row of await store.forumUpdates(MOST)) {
      const update = UpdateSchema.parse(JSON.parse(row.text));
      const message = update.message ?? update.edited_message ?? update.callback_query?.message;
      const thread = message?.message_thread_id ?? 0;
      if (held.has(thread)) continue;
      if (row.dueAt > now()) {
        held.add(thread);
        continue;
      }
      worked = true;
      if (!(await this.#take(row, update))) held.add(thread);
    }
    return worked;
  }

  /** @returns false when it has to come again */
  async #take(
    row: ForumUpdateRow,
    update: ReturnType<typeof UpdateSchema.parse>,
  ): Promise<boolean> {
    const { store, log, now } = this.#room;
    const { updateId, attempts } = row;
    const { message, edited_message: edited, callback_query: callback } = update;
    try {
      if (callback) await onButton(this.#room, callback);
      else if (message) await onMessage(this.#room, this.#gate, updateId, message);
      else if (edited) await onEdit(this.#room, this.#gate, edited);
    } catch (error) {
      const again = error instanceof TryAgain;
      // Its message may quote what was written; its name does not.
      const why = again ? error.message : error instanceof Error ? error.name : 'error';
      if (attempts + 1 < MOST_TRIES) {
        const wait = Math.max(again ? error.waitMs : 0, 1_000 * 2 ** Math.min(attempts, 6));
        log.warn({ why }, "something from the agents' Telegram group waits");
        await store.putOffForumUpdate(updateId, now() + Math.min(wait, LONGEST_MS));
        return false;
      }
      log.error({ why }, "something from the agents' Telegram group was given up");
    }
    await store.endForumUpdate(updateId, now());
    return true;
  }
}
