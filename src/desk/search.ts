import { setImmediate as turn } from 'node:timers/promises';
import type { DeskStore } from './options.ts';

/** Named conversations that are looked at. */
const MOST_NAMES = 20_000;
/** Lines whose words are looked at, from the newest, and how many at a time. */
const MOST_LINES = 20_000;
const PAGE = 1_000;
const MARKS = /[\u0300-\u036f]/g;
const SERIAL_OR_NUMBER = /^[a-z0-9-]{3,}$/i;

/** Lower case without diacritics: "Hủy" and "huy" are found by each other. */
function bare(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').toLowerCase().replaceAll('đ', 'd');
}

/** Lower case with diacritics, however they were composed. */
function exact(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/**
 * Conversations for a query: those with a case of this serial or number, those whose person's name
 * has every word, then those in whose newest lines every word occurs. Words that are typed with diacritics are found with them only.
 * @returns their ids, best first
 */
export async function findConversations(
  store: Pick<DeskStore, 'conversationsWithCase' | 'namedConversations' | 'newestLines'>,
  query: string,
  limit: number,
): Promise<string[]> {
  const found = new Set<string>();
  if (SERIAL_OR_NUMBER.test(query)) {
    for (const id of await store.conversationsWithCase(query.toUpperCase(), limit)) found.add(id);
  }
  const fold = bare(query) === exact(query) ? bare : exact;
  const words = fold(query).split(/\s+/);
  const holds = (text: string) => {
    const folded = fold(text);
    return words.every((word) => folded.includes(word));
  };
  let below = 0;
  for (let looked = 0; looked < MOST_NAMES && found.size < limit; looked += PAGE) {
    const named = await store.namedConversations(below, PAGE);
    for (const { conversationId, name } of named) {
      if (found.size < limit && holds(name)) found.add(conversationId);
    }
    if (named.length < PAGE) break;
    below = named.at(-1)?.place ?? 0;
    await turn();
  }
  let before = 0;
  for (let looked = 0; looked < MOST_LINES && found.size < limit; looked += PAGE) {
    const lines = await store.newestLines(before, PAGE);
    for (const { conversationId, text } of lines) {
      if (found.size < limit && holds(text)) found.add(conversationId);
    }
    if (lines.length < PAGE) break;
    before = lines.at(-1)?.id ?? 0;
    // A long search must not hold up the chat.
    await turn();
  }
  return [...found];
}
