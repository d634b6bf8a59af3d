import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { asStoreError } from './errors.ts';

/** A process that is stopping may still hold the folder for a moment. */
const PATIENCE_MS = 1_000;

/**
 * Keeps a second assistant away from a database: two would deliver the same effects. The lock is
 * an open transaction on a tiny database of its own, so that it ends with the process however that
 * ends, while other programs may still read the real one.
 *
 * @throws StoreError `inUse`
 */
export function lockDatabase(path: string): { release(): void } {
  const lock = new DatabaseSync(`${path}.lock`, { timeout: PATIENCE_MS });
  try {
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (cause) {
    lock.close();
    const error = asStoreError(cause);
    if (error.code !== 'busy') throw error;
    throw new StoreError(
      'inUse',
      `Another assistant is running on ${path}; stop it, or give this one a STORAGE_DIR of its own.`,
      { cause },
    );
  }
  return { release: () => lock.close() };
}
