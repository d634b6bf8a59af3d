import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openBenchEngine } from './engine.ts';

/**
 * Multiplies the one conversation of a database into `count`, with its lines, as if so many people
 * had written. Their chats are named `stored-1`, `stored-2`, ….
 */
function multiply(path: string, count: number): void {
  const database = new DatabaseSync(path);
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  database.exec(`
    pragma journal_mode = wal; pragma synchronous = off; pragma foreign_keys = off; begin;
    insert into accounts (account_id, verified) ${numbers} select 'account-' || i, 0 from n;
    insert into conversations (conversation_id, channel, chat_id, account_id, version, updated_at,
        language, owner_who, owner_agent_id, owner_agent_name, owner_epoch, last_text, state)
      ${numbers} select 'stored-' || i, c.channel, 'stored-' || i, 'account-' || i, c.version,
        c.updated_at + i, c.language, c.owner_who, c.owner_agent_id, c.owner_agent_name,
        c.owner_epoch, c.last_text, replace(c.state, c.conversation_id, 'stored-' || i)
      from n, (select * from conversations limit 1) c;
    insert into lines (conversation, at, author, agent_name, language, shown, reply, blob_ids,
        secret_ref, delivery)
      select c.id, l.at, l.author, l.agent_name, l.language, l.shown, l.reply, l.blob_ids,
        l.secret_ref, 'sent' from conversations c, lines l where c.conversation_id like 'stored-%';
    commit; pragma wal_checkpoint(truncate);`);
  database.close();
}

/** A folder with a store of so many conversations, each with a greeting and a chosen network. */
export async function prepareStored(root: string, count: number): Promise<string> {
  const folder = mkdtempSync(join(root, `stored-${count}-`));
  const { engine, store } = await openBenchEngine(folder);
  const base = { at: Date.now(), channel: 'web', chatId: 'first' } as const;
  await engine.accept({ ...base, eventId: 'e1', type: 'opened', language: 'vi' });
  await engine.accept({ ...base, eventId: 'e2', type: 'text', text: 'mạng khác' });
  await engine.accept({ ...base, eventId: 'e3', type: 'text', text: 'D12345678' });
  await engine.stop();
  await store.close();
  multiply(join(folder, 'unbinding.db'), count);
  return folder;
}
