import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
import { Vault } from '../vault.ts';
import { createCommit } from './commit.ts';
import { asStoreError } from './errors.ts';
import { checkKey } from './key-check.ts';
import { createQueries } from './kysely.ts';
import { lockDatabase } from './lock.ts';
import { migrate } from './migrate.ts';
import { createCaseOpening } from './open-case.ts';
import { createOutbox } from './outbox.ts';
import { createTransactions } from './transaction.ts';
import { createUpkeep } from './upkeep.ts';

/** How long another program that writes to the file is waited for; nothing else runs meanwhile. */
const BUSY_TIMEOUT_MS = 1_000;

export interface SqliteStoreOptions {
  /** The database's file; it and its folder are made when they are missing. */
  path: string;
  /** 32 bytes; seals secrets, photos and set-aside events. */
  key: Buffer;
  /** By it effects are due, and photos that nobody sends grow old. */
  now?: () => number;
}

/** Makes the file, for this user alone; SQLite gives the files beside it the same rights. */
function makeFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}

function connect(path: string, vault: Vault): DatabaseSync {
  const database = new DatabaseSync(path, {
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
  });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
    migrate(database, path);
    checkKey(database, path, vault);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function describe(path: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  // What the file system says is about the folder or the rights to it.
  if (cause instanceof Error && 'syscall' in cause) {
    return new StoreError(
      'cannotOpen',
      `${path} cannot be written; check that its folder may be made and belongs to this user.`,
      { cause },
    );
  }
  const { code, message } = asStoreError(cause);
  return new StoreError(code, `${path} cannot be opened. ${message}`, { cause });
}

/**
 * Opens the embedded store: one SQLite file, written by one process.
 * @throws StoreError with a sentence for the operator: the file cannot be written, is not ours, is
 * newer than this version, sealed with another key, or in use by another assistant
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, key, now = Date.now } = options;
  const vault = new Vault(key);
  let release: () => void = () => undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // First the lock: a process that is refused must not have touched the file.
    release = lockDatabase(path).release;
    makeFile(path);
    return assemble(connect(path, vault), vault, now, release);
  } catch (error) {
    release();
    throw describe(path, error);
  }
}

function assemble(
  database: DatabaseSync,
  vault: Vault,
  now: () => number,
  release: () => void,
): Store {
  const inTransaction = createTransactions(database);
  const queries = createQueries(database);
  const store: Store = {
    ...createCommit(database, inTransaction, vault, now),
    ...createOutbox(database),
    ...createCaseOpening(database, inTransaction),
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
    ...createChannelAddressQueries(queries, vault, now),
    ...createPersonNameQueries(queries, vault),
    ...createPairingQueries(queries),
    ...createForumQueries(queries, vault),
    ...createTickQueries(queries),
    ...createUpkeep(database, release),
    // A file has one process.
    holdsEffect: async () => true,
    takeLease: async () => true,
    giveBackLease: async () => undefined,
    tellNews: async () => undefined,
    hearNews: async () => () => undefined,
    tellHint: async () => undefined,
    hearHints: async () => () => undefined,
  };
  return guarded(store, asStoreError);
}
