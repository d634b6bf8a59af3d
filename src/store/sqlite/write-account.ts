import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { AccountChange } from '../../dialogue/effect.ts';
import type { Vault } from '../vault.ts';

/**
 * Joins accounts and parts them. The turn was decided in this same transaction, so that its link
 * code still holds and nobody has moved.
 */
export function prepareAccountChanges(database: DatabaseSync, vault: Vault) {
  const useCode = database.prepare('delete from link_codes where mark = ?');
  const accountOf = database.prepare(
    'select account_id from conversations where conversation_id = ?',
  );
  const olderOf = database.prepare(
    'select account_id from conversations where account_id in (?, ?) order by id limit 1',
  );
  const insertAccount = database.prepare(
    'insert into accounts (account_id, verified) values (?, 0)',
  );
  const verify = database.prepare(
    `update accounts set verified = (select max(verified) from accounts where account_id in (?1, ?2))
     where account_id = ?1`,
  );
  const move = ['conversations', 'cases'].map((table) =>
    database.prepare(`update ${table} set account_id = ?1 where account_id = ?2`),
  );
  const dropAccount = database.prepare('delete from accounts where account_id = ?');
  const prefer = database.prepare(
    'update conversations set preferred_at = ? where conversation_id = ?',
  );
  const leave = [
    'update conversations set account_id = ?, preferred_at = null where conversation_id = ?',
    'update cases set account_id = ? where conversation_id = ?',
  ].map((sql) => database.prepare(sql));
  const audit = database.prepare(
    `insert into audit (at, actor, action, subject, detail) values (?, 'installer', ?, ?, ?)`,
  );

  function join(effect: Extract<AccountChange, { kind: 'joinAccounts' }>, mine: string): boolean {
    const { code, offer } = effect;
    useCode.run(vault.markOf('linkCode', code));
    const kept = String(olderOf.get(mine, offer.accountId)?.account_id);
    const gone = kept === mine ? offer.accountId : mine;
    if (kept === gone) return false;
    verify.run(kept, gone);
    for (const statement of move) statement.run(kept, gone);
    dropAccount.run(gone);
    return true;
  }

  return (effect: AccountChange, conversationId: string, at: number): void => {
    if (effect.kind === 'joinAccounts') {
      const joined = join(effect, String(accountOf.get(conversationId)?.account_id));
      prefer.run(at, effect.prefer);
      if (joined) audit.run(at, 'account.link', conversationId, effect.offer.conversationId);
      return;
    }
    const fresh = randomUUID();
    insertAccount.run(fresh);
    for (const statement of leave) statement.run(fresh, conversationId);
    audit.run(at, 'account.unlink', conversationId, null);
  };
}
