import type { Pool } from 'pg';
import type { Store } from '../contract.ts';

/** SQL: what only one process does, and which; and the last tick of each task. */
export const LEASES = `
create table leases (name text primary key, holder text not null);

create table ticks (name text primary key, at bigint not null);
`;

// Whoever is not seen to live gets none: the others would take it back at once.
const TAKE = `
  insert into leases (name, holder) select $1, $2 where process_lives_1($2)
  on conflict (name) do update set holder = excluded.holder
  where leases.holder = excluded.holder or not process_lives_1(leases.holder)`;

/** Leases last as long as their holder is seen to live; see `processes.ts`. */
export function createLeases(
  pool: Pool,
  holder: string,
): Pick<Store, 'takeLease' | 'giveBackLease'> {
  return {
    async takeLease(name) {
      const { rowCount } = await pool.query(TAKE, [name, holder]);
      return rowCount === 1;
    },
    async giveBackLease(name) {
      await pool.query('delete from leases where name = $1 and holder = $2', [name, holder]);
    },
  };
}
