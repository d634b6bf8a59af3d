import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` in a transaction. It must not await: other statements would slip in. */
export type InTransaction = <T>(work: () => T) => T;

/** Commits what `work` wrote, or nothing of it when anything throws. */
export function createTransactions(database: DatabaseSync): InTransaction {
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  return (work) => {
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (database.isTransaction) database.exec('rollback');
      throw error;
    }
  };
}
