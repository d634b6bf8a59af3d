import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Schema } from '../schema.ts';

/**
 * Kysely over the database of this process. Single statements only: a transaction of Kysely's
 * awaits between its statements, and a commit of turns would slip into it.
 */
export function createQueries(database: DatabaseSync): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: new SqliteDialect({
      database: {
        close: () => undefined,
        prepare(sql) {
          if (/^(begin|savepoint)\b/i.test(sql)) {
            throw new TypeError('Transactions are written as plain statements, without an await.');
          }
          const statement = database.prepare(sql);
          const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...values(parameters)),
            run: (parameters) => statement.run(...values(parameters)),
            iterate: (parameters) => statement.iterate(...values(parameters)),
          };
        },
      },
    }),
  });
}
