import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { PAUSES } from '../../../../src/channels/zalo/oa/options.ts';
import { TokenKeeper } from '../../../../src/channels/zalo/oa/tokens/token-keeper.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import { KEY } from '../../../store/place.ts';
import { NO_FILE_LINKS } from '../../no-file-links.ts';

// Renews the token once, and stops for good at the point that it is told: the parent kills it there.
const [, , folder = '', config = '', point = ''] = process.argv;
const store = await openSqliteStore({ path: join(folder, 'unbinding.db'), key: KEY });
setInterval(() => {}, 1_000);

async function stopAt(here: string): Promise<void> {
  if (point !== here) return;
  writeSync(1, `${here}\n`);
  await new Promise(() => {});
}

const keeper = new TokenKeeper(
  {
    config: JSON.parse(config),
    publicUrl: null,
    fileLinks: NO_FILE_LINKS,
    store: {
      ...store,
      swapDocument: async (name, before, text, sealed) => {
        const leases = JSON.parse(text).lease !== null;
        if (!leases) await stopAt('answered');
        const swapped = await store.swapDocument(name, before, text, sealed);
        await stopAt(leases ? 'leased' : 'committed');
        return swapped;
      },
    },
    intake: { accept: async () => {} },
    log: pino({ level: 'silent' }),
  },
  { ...PAUSES, lease: 300 },
  Date.now,
);
const stale = (await keeper.peek())?.accessToken ?? '';
await keeper.renew(stale);
