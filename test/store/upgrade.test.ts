import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { migrate } from '../../src/store/sqlite/migrate.ts';
import { MIGRATIONS } from '../../src/store/sqlite/migrations.ts';

it('a database from before there were steps of cases tells what is known of them', () => {
  const database = new DatabaseSync(':memory:');
  migrate(database, 'file', MIGRATIONS.slice(0, 1));
  database.exec(`
    insert into accounts values ('a', 0);
    insert into conversations (conversation_id, channel, chat_id, account_id, version, updated_at,
      language, owner_who, owner_epoch, state) values ('c', 'web', 'chat', 'a', 1, 1, 'vi', 'bot', 0, '{}');
  `);
  const insert = database.prepare(
    `insert into cases (id, case_id, number, conversation_id, account_id, form_id, serial, status,
       revision, submitted_at, updated_at, target, answer_by, draft)
     values (?, ?, ?, 'c', 'a', 'f', ?, ?, ?, 100, ?, 1, 1, '{}')`,
  );
  insert.run(1, 'waiting', 'UB-1', 'D11111111', 'submitted', 1, 100);
  insert.run(2, 'decided', 'UB-2', 'D22222222', 'unbound', 3, 300);
  migrate(database, 'file');
  const steps = database.prepare('select case_id, status, at from case_steps order by at').all();
  expect(steps.map((step) => ({ ...step }))).toEqual([
    { case_id: 'decided', status: 'submitted', at: 100 },
    { case_id: 'waiting', status: 'submitted', at: 100 },
    { case_id: 'decided', status: 'unbound', at: 300 },
  ]);
  database.close();
});
