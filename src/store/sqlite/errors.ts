import { StoreError, type StoreErrorCode } from '../errors.ts';

/** SQLite's primary result codes, as far as they mean something of their own here. */
const MEANING: Record<number, [StoreErrorCode, string]> = {
  5: ['busy', 'Another program holds the database; close it.'],
  6: ['busy', 'Another program holds the database; close it.'],
  8: ['unusable', 'The database may not be written; check who owns its file and folder.'],
  10: ['unusable', 'The disk did not do its work; check it, and the space that is left.'],
  11: ['damaged', 'The database is damaged; stop the assistant and put a copy back.'],
  13: ['full', 'The disk is full; make room.'],
  14: [
    'unusable',
    'The database cannot be opened; check that its folder is there and may be written.',
  ],
  19: ['conflict', 'The row is there already, or belongs to one that is not.'],
  26: ['notADatabase', 'The file is not a database.'],
};

/** SQLite's primary result code, or null for an error of another kind. */
function resultCodeOf(error: unknown): number | null {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}

/** What the engine threw, as an error of the store. SQLite names columns in its texts, never values. */
export function asStoreError(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_INVALID_STATE') {
    return new StoreError('closed', 'The store is closed.', { cause });
  }
  const [code, message] = MEANING[resultCodeOf(cause) ?? 0] ?? [
    'failed' as const,
    'The store could not do this; the cause says more.',
  ];
  return new StoreError(code, message, { cause });
}
