import { pino } from 'pino';
import type { Event } from '../../../src/dialogue/event.ts';
import { createDecide } from '../../../src/engine/decide.ts';
import type { Decide } from '../../../src/store/contract.ts';
import { SCRIPT } from '../turns/drive.ts';
import { openBenchEngine, openBenchStore, rooms } from '../turns/engine.ts';
import type { Peer } from './peer.ts';

/** The messages of one of our conversations, the first of which begins it. */
export const OUR_MESSAGES: readonly string[] = ['/start', ...SCRIPT];

let events = 0;

function eventOf(chat: number, text: string): Event {
  events += 1;
  const base = { eventId: `e${events}`, at: Date.now(), channel: 'web' as const };
  return { ...base, chatId: `chat-${chat}`, type: 'text', text };
}

/** The assistant's engine with everything on, but without HTTP and without a platform. */
export async function ours(where: string): Promise<Peer> {
  const { engine, store } = await openBenchEngine(where);
  return {
    async say(chat, text) {
      const { outcome, effects } = await engine.accept(eventOf(chat, text));
      return outcome === 'done' && effects.length > 0 ? text : '';
    },
    async close() {
      await engine.stop();
      await store.close();
    },
  };
}

/** The same turns on the same store, but each in a commit of its own; nothing is delivered. */
export async function oursUngrouped(where: string): Promise<Peer> {
  const store = await openBenchStore(where);
  const decide: Decide = createDecide({ ...rooms, log: pino({ level: 'error' }) });
  return {
    async say(chat, text) {
      const [turn] = await store.commit([eventOf(chat, text)], decide, []);
      return turn?.outcome === 'done' && turn.effects.length > 0 ? text : '';
    },
    close: () => store.close(),
  };
}
