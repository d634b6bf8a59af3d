import { z } from 'zod';
import { LINK_CODE_LIVES_MS, writeLinkCode } from '../domain/link-code.ts';
import { drawCode } from '../engine/link-codes.ts';
import type { AgentRow, Store } from '../store/contract.ts';
import { hashToken, sameSecret } from './token.ts';

const PEOPLE = 'telegram people';
const codeOf = (agentId: string) => `telegram code:${agentId}`;
/** By Telegram's number of a person, the agent that they are. */
const PeopleSchema = z.record(z.string(), z.string());
type People = z.infer<typeof PeopleSchema>;
const CodeSchema = z.object({ hash: z.string(), expiresAt: z.number() });

type PeopleStore = Pick<
  Store,
  | 'agents'
  | 'audit'
  | 'document'
  | 'offerDocument'
  | 'putDocument'
  | 'swapDocument'
  | 'dropDocument'
>;

/**
 * Who in the agents' Telegram group is which agent. An agent gets a code at the desk and sends it in
 * the group, once; one person of Telegram is one agent, and the other way round.
 */
export class GroupPeople {
  readonly #store: PeopleStore;
  readonly #now: () => number;

  constructor(store: PeopleStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** A code for this agent, in place of an earlier one. */
  async offerCode(agentId: string): Promise<{ code: string; expiresAt: number }> {
    const code = drawCode();
    const expiresAt = this.#now() + LINK_CODE_LIVES_MS;
    const kept = { hash: hashToken(code), expiresAt };
    await this.#store.putDocument(codeOf(agentId), JSON.stringify(kept), true);
    return { code: writeLinkCode(code), expiresAt };
  }

  /** Uses up a code; null when it is none that holds. */
  async link(code: string, telegramId: number): Promise<AgentRow | null> {
    for (const agent of await this.#store.agents()) {
      const name = codeOf(agent.agentId);
      const text = await this.#store.document(name);
      if (text === null || agent.role === 'left') continue;
      const { hash, expiresAt } = CodeSchema.parse(JSON.parse(text));
      if (!sameSecret(hashToken(code), hash)) continue;
      await this.#store.dropDocument(name);
      if (expiresAt <= this.#now()) return null;
      await this.#change((people) => ({
        ...without(people, agent.agentId),
        [telegramId]: agent.agentId,
      }));
      await this.#audit(agent.agentId, 'telegram.link');
      return agent;
    }
    return null;
  }

  /** The agent that somebody is; null also once they have left. */
  async agentOf(telegramId: number): Promise<AgentRow | null> {
    const agentId = (await this.#people())[telegramId];
    if (agentId === undefined) return null;
    const agents = await this.#store.agents();
    return agents.find((one) => one.agentId === agentId && one.role !== 'left') ?? null;
  }

  async isLinked(agentId: string): Promise<boolean> {
    return Object.values(await this.#people()).includes(agentId);
  }

  async unlink(agentId: string): Promise<void> {
    if (!(await this.isLinked(agentId))) return;
    await this.#change((people) => without(people, agentId));
    await this.#audit(agentId, 'telegram.unlink');
  }

  async #people(): Promise<People> {
    return PeopleSchema.parse(JSON.parse((await this.#store.document(PEOPLE)) ?? '{}'));
  }

  async #change(change: (people: People) => People): Promise<void> {
    for (;;) {
      const before = await this.#store.offerDocument(PEOPLE, '{}', true);
      const after = JSON.stringify(change(PeopleSchema.parse(JSON.parse(before))));
      if (after === before) return;
      if (await this.#store.swapDocument(PEOPLE, before, after, true)) return;
    }
  }

  async #audit(agentId: string, action: string): Promise<void> {
    await this.#store.audit({ at: this.#now(), actor: agentId, action, subject: agentId });
  }
}

function without(people: People, agentId: string): People {
  return Object.fromEntries(Object.entries(people).filter(([, theirs]) => theirs !== agentId));
}
