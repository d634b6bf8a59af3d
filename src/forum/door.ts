import { z } from 'zod';
import type { GroupDoor } from '../channels/telegram/options.ts';
import type { Update } from '../channels/telegram/update.ts';
import type { ForumStore } from './options.ts';

const GROUP = 'telegram group';
/** A group that was upgraded has another number from then on. */
const MovedSchema = z.object({ from: z.number(), to: z.number() });

type DoorStore = Pick<ForumStore, 'document' | 'putDocument' | 'keepForumUpdate'>;

/**
 * Takes in what comes from the agents' group: it is kept before Telegram is told so, and dealt with
 * afterwards, so that the group never holds up installers.
 */
export class ForumDoor implements GroupDoor {
  readonly #store: DoorStore;
  readonly #configured: number;
  readonly #now: () => number;
  /** Called after something was kept here; other processes find it by looking. */
  onKept: () => void = () => {};

  constructor(store: DoorStore, configured: number, now: () => number) {
    this.#store = store;
    this.#configured = configured;
    this.#now = now;
  }

  async owns(chatId: number): Promise<boolean> {
    return chatId === this.#configured || chatId === (await this.group());
  }

  async keep(updateId: string, update: Update): Promise<void> {
    const text = JSON.stringify(update);
    await this.#store.keepForumUpdate({ updateId, text, at: this.#now() });
    this.onKept();
  }

  /** The group by its present number. */
  async group(): Promise<number> {
    const text = await this.#store.document(GROUP);
    if (text === null) return this.#configured;
    const { from, to } = MovedSchema.parse(JSON.parse(text));
    return from === this.#configured ? to : this.#configured;
  }

  async move(to: number): Promise<void> {
    const moved = { from: this.#configured, to };
    await this.#store.putDocument(GROUP, JSON.stringify(moved), false);
  }
}
