import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { guarded } from '../guarded.ts';
import { createCaseQueries } from '../queries/cases.ts';
import { createChannelAddressQueries } from '../queries/channel-addresses.ts';
import { createConversationQueries } from '../queries/conversations.ts';
import { createDocumentQueries } from '../queries/documents.ts';
import { createErasingQueries } from '../queries/erasing.ts';
import { createFigureQueries } from '../queries/figures.ts';
import { createForumQueries } from '../queries/forum.ts';
import { createInboxQueries } from '../queries/inbox.ts';
import { createLinkingQueries } from '../queries/linking.ts';
import { createOfficeQueries } from '../queries/office.ts';
import { createOperatorQueries } from '../queries/operators.ts';
import { createPairingQueries } from '../queries/pairings.ts';
import { createPeopleQueries } from '../queries/people.ts';
import { createPersonNameQueries } from '../queries/person-names.ts';
import { createPersonalDataQueries } from '../queries/personal-data.ts';
import { createPushSubscriptionQueries } from '../queries/push-subscriptions.ts';
import { createSealedQueries } from '../queries/sealed.ts';
import { createShownMessageQueries } from '../queries/shown-messages.ts';
import { createSimilarCaseQueries } from '../queries/similar-cases.ts';
import { createTickQueries } from '../queries/ticks.ts';
import { createUploadLinkQueries } from '../queries/upload-links.ts';
import { createVerificationQueries } from '../queries/verifications.ts';
import type { Schema } from '../schema.ts';
import { Vault } from '../vault.ts';
import { createCommit } from './commit.ts';
import { asStoreError } from './errors.ts';
import { checkKey } from './key-check.ts';
import { createLeases } from './leases.ts';
import { migrate } from './migrate.ts';
import { createCaseOpening } from './open-case.ts';
import { createOutbox } from './outbox.ts';
import { createClient, createPool, TIMES, type Times } from './pool.ts';
import { createNews, Presence } from './presence.ts';
import { createUpkeep } from './upkeep.ts';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host/name`. */
  url: string;
  /** 32 bytes; seals secrets, photos and set-aside events. */
  key: Buffer;
  /** By it effects are due, and photos that nobody sends grow old. */
  now?: () => number;
  /** Shorter ones let a test see what else takes seconds. */
  times?: Partial<Times>;
}

/**
 * Opens the store of many processes: a PostgreSQL database that they share.
 * @throws StoreError with a sentence for the operator: the server cannot be reached or lets nobody
 * in, the database is not ours, newer than this version, or sealed with another key
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, key, now = Date.now } = options;
  const vault = new Vault(key);
  const times = { ...TIMES, ...options.times };
  const pool = createPool(url, times);
  const presence = new Presence(url, times, (at) => changedSince(pool, at));
  try {
    await prepare(url, times, vault);
    await presence.open();
  } catch (cause) {
    await presence.close();
    await pool.end();
    const { code, message } = asStoreError(cause);
    throw cause instanceof StoreError ? cause : new StoreError(code, message, { cause });
  }
  return assemble(pool, presence, vault, now);
}

/** However long it takes: others may be at it, and a migration may have much to do. */
async function prepare(url: string, times: Times, vault: Vault): Promise<void> {
  const client = createClient(url, { ...times, answer: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await migrate(client);
    await checkKey(client, vault);
  } finally {
    // With the connection goes a lock that could not be given back.
    await client.end().catch(() => undefined);
  }
}

async function changedSince(pool: Pool, at: number): Promise<string[]> {
  const { rows } = await pool.query(
    'select conversation_id from conversations where updated_at >= $1 limit 1000',
    [at],
  );
  return rows.map(({ conversation_id }) => conversation_id);
}

function assemble(pool: Pool, presence: Presence, vault: Vault, now: () => number): Store {
  const { holder } = presence;
  const queries = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const store: Store = {
    ...createCommit(pool, vault, holder, now),
    ...createOutbox(pool, holder),
    ...createCaseOpening(pool),
    ...createCaseQueries(queries),
    ...createSimilarCaseQueries(queries),
    ...createOfficeQueries(queries),
    ...createOperatorQueries(queries),
    ...createPersonalDataQueries(queries),
    ...createConversationQueries(queries, vault),
    ...createInboxQueries(queries, vault),
    ...createFigureQueries(queries),
    ...createSealedQueries(queries, vault, now),
    ...createPeopleQueries(queries),
    ...createDocumentQueries(queries, vault),
    ...createErasingQueries(queries, vault),
    ...createLinkingQueries(queries, vault, now),
    ...createPushSubscriptionQueries(queries, vault, now),
    ...createShownMessageQueries(queries, now),
    ...createUploadLinkQueries(queries),
    ...createVerificationQueries(queries, vault),
    ...createPersonNameQueries(queries, vault),
    ...createPairingQueries(queries),
    ...createChannelAddressQueries(queries, vault, now),
    ...createForumQueries(queries, vault),
    ...createTickQueries(queries),
    ...createLeases(pool, holder),
    ...createNews(presence),
    ...createUpkeep(pool, presence),
  };
  return guarded(store, asStoreError);
}
