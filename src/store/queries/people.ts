import type { Kysely } from 'kysely';
import type { Store } from '../contract.ts';
import { agentOf } from '../rows.ts';
import type { Schema } from '../schema.ts';

/** The desk's people, their sessions, and what they did. */
export function createPeopleQueries(
  queries: Kysely<Schema>,
): Pick<
  Store,
  | 'agents'
  | 'agentByLogin'
  | 'addAgent'
  | 'changeAgent'
  | 'openSession'
  | 'session'
  | 'closeSession'
  | 'closeSessionsOf'
  | 'offDuty'
  | 'setDuty'
  | 'addInvite'
  | 'takeInvite'
  | 'audit'
  | 'auditTrail'
> {
  return {
    async agents() {
      const rows = await queries
        .selectFrom('agents')
        .selectAll()
        .orderBy('name')
        .orderBy('agent_id')
        .execute();
      return rows.map(agentOf);
    },
    async agentByLogin(login) {
      const row = await queries
        .selectFrom('agents')
        .selectAll()
        .where('login', '=', login)
        .executeTakeFirst();
      return row ? agentOf(row) : null;
    },
    async addAgent({ agentId, name, login, passwordHash, role }) {
      await queries
        .insertInto('agents')
        .values({ agent_id: agentId, name, login, password_hash: passwordHash, role })
        .execute();
    },
    async changeAgent(agentId, { name, passwordHash, role }) {
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
        ...(role === undefined ? {} : { role }),
      };
      if (Object.keys(change).length === 0) return;
      await queries.updateTable('agents').set(change).where('agent_id', '=', agentId).execute();
    },
    async openSession({ tokenHash, agentId, expiresAt, csrf }) {
      await queries
        .insertInto('sessions')
        .values({ token_hash: tokenHash, agent_id: agentId, expires_at: expiresAt, csrf })
        .onConflict((conflict) =>
          conflict.column('token_hash').doUpdateSet({ expires_at: expiresAt }),
        )
        .execute();
    },
    async session(tokenHash, now) {
      const row = await queries
        .selectFrom('sessions as s')
        .innerJoin('agents as a', 'a.agent_id', 's.agent_id')
        .selectAll('a')
        .select(['s.csrf', 's.expires_at'])
        .where('s.token_hash', '=', tokenHash)
        .where('s.expires_at', '>', now)
        .executeTakeFirst();
      return row ? { agent: agentOf(row), csrf: row.csrf, expiresAt: row.expires_at } : null;
    },
    async closeSession(tokenHash) {
      await queries.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
    },
    async closeSessionsOf(agentId, except) {
      const theirs = queries.deleteFrom('sessions').where('agent_id', '=', agentId);
      await (except === null ? theirs : theirs.where('token_hash', '<>', except)).execute();
    },
    async offDuty() {
      const rows = await queries.selectFrom('off_duty').select('agent_id').execute();
      return rows.map(({ agent_id }) => agent_id);
    },
    async setDuty(agentId, on) {
      const row = { agent_id: agentId };
      if (on) await queries.deleteFrom('off_duty').where('agent_id', '=', agentId).execute();
      else {
        const off = queries.insertInto('off_duty').values(row);
        await off.onConflict((conflict) => conflict.doNothing()).execute();
      }
    },
    async addInvite({ tokenHash, role, invitedBy, expiresAt }) {
      const row = { token_hash: tokenHash, role, invited_by: invitedBy, expires_at: expiresAt };
      await queries.insertInto('invites').values(row).execute();
    },
    async takeInvite(tokenHash, now) {
      // Of two at a time the one whose delete finds the row has it.
      const row = await queries
        .deleteFrom('invites')
        .where('token_hash', '=', tokenHash)
        .returningAll()
        .executeTakeFirst();
      if (!row || row.expires_at <= now) return null;
      const { role, invited_by: invitedBy, expires_at: expiresAt } = row;
      return { tokenHash, role, invitedBy, expiresAt };
    },
    async audit({ at, actor, action, subject, detail }) {
      await queries
        .insertInto('audit')
        .values({ at, actor, action, subject, detail: detail ?? null })
        .execute();
    },
    async auditTrail(limit) {
      const rows = await queries
        .selectFrom('audit')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ at, actor, action, subject, detail }) => ({
        at,
        actor,
        action,
        subject,
        ...(detail === null ? {} : { detail }),
      }));
    },
  };
}
