import { DatabaseSync } from 'node:sqlite';
import { migrate } from '../sqlite/migrate.ts';
import type { Table } from './contract.ts';

/** Written apart: of it only what is meant for all processes goes along. */
const META = 'meta';

/**
 * The tables of this version, in an order in which each row finds those that it refers to. SQLite's
 * tables say which columns there are: those that PostgreSQL has beside them speak of its processes.
 */
export function tablesInOrder(): Table[] {
  const database = new DatabaseSync(':memory:');
  try {
    migrate(database, ':memory:');
    const names = database
      .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`)
      .all()
      .map(({ name }) => String(name))
      .filter((name) => name !== META);
    const inOrder: string[] = [];
    const place = (name: string): void => {
      if (inOrder.includes(name)) return;
      const keys = database.prepare('select "table" as other from pragma_foreign_key_list(?)');
      for (const { other } of keys.all(name)) if (other !== name) place(String(other));
      inOrder.push(name);
    };
    names.forEach(place);
    const columns = database.prepare('select name from pragma_table_info(?)');
    return inOrder.map((name) => ({
      name,
      columns: columns.all(name).map((column) => String(column.name)),
    }));
  } finally {
    database.close();
  }
}
