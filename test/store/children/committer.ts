import { writeSync } from 'node:fs';
import type { Settlement } from '../../../src/store/contract.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { KEY } from '../place.ts';
import { decided, NOW, reply } from '../turns.ts';

// Commits for as long as it lives, and says which events are committed: "first-last" a line.
const [, , path, name, chats, batch] = process.argv;
const store = await openSqliteStore({ path: String(path), key: KEY });
await store.begin();
writeSync(1, 'open\n');

let settlements: Settlement[] = [];
for (let first = 0; ; first += Number(batch)) {
  const events = Array.from({ length: Number(batch) }, (_, index) => ({
    eventId: `${name}-${first + index}`,
    at: NOW + first,
    channel: 'web' as const,
    chatId: `chat-${(first + index) % Number(chats)}`,
    type: 'text' as const,
    text: 'chào',
  }));
  const outcomes = await store.commit(
    events,
    (event, loaded) =>
      decided(loaded, {
        change: (before) => ({ ...before, counter: before.counter + 1 }),
        heard: { text: event.eventId },
        effects: [reply('hello')],
      }),
    settlements,
  );
  settlements = outcomes.flatMap(({ effects }) =>
    effects.map(({ effectId }) => ({ effectId, as: 'done' as const })),
  );
  writeSync(1, `${first}-${first + events.length - 1}\n`);
}
