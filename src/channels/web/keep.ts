import type { Event } from '../../dialogue/event.ts';
import { ChatError } from './errors.ts';
import type { WebChannelOptions } from './options.ts';
import type { KeptAnswer } from './wire.ts';

/**
 * What every event of this channel begins with. The page's id is made unique by the chat, so that
 * nobody can use up another person's ids.
 */
export function baseOf(
  options: WebChannelOptions,
  chatId: string,
  id: string,
): Pick<Event, 'eventId' | 'at' | 'chatId'> & { channel: 'web' } {
  const at = (options.now ?? Date.now)();
  return { eventId: `${chatId}:${id}`, at, channel: 'web', chatId };
}

/**
 * Hands the event to the engine and waits for its commit.
 * @returns what the page is answered; `known`: this message had come before
 * @throws ChatError `notKept` when nothing was kept: the page sends it again under the same id
 */
export async function keep(options: WebChannelOptions, event: Event): Promise<KeptAnswer> {
  try {
    const { outcome } = await options.intake.accept(event);
    return { known: outcome === 'duplicate' };
  } catch (cause) {
    throw new ChatError('notKept', 503, { cause });
  }
}

/** @throws ChatError `notKept`, as above */
export async function keepBlob(
  { store }: WebChannelOptions,
  bytes: Uint8Array,
  mime: string,
): Promise<string> {
  return store.putBlob(bytes, mime).catch((cause: unknown) => {
    throw new ChatError('notKept', 503, { cause });
  });
}
