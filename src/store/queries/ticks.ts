import type { Kysely } from 'kysely';
import type { Store } from '../contract.ts';
import type { Schema } from '../schema.ts';

/** The last tick of each task, so that of all processes one takes it. */
export function createTickQueries(queries: Kysely<Schema>): Pick<Store, 'takeTick'> {
  return {
    async takeTick(name, at) {
      const taken = await queries
        .insertInto('ticks')
        .values({ name, at })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({ at }).where('ticks.at', '<', at),
        )
        .returning('name')
        .executeTakeFirst();
      return taken !== undefined;
    },
  };
}
