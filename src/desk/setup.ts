import type { AgentRow } from '../store/contract.ts';
import { DeskError } from './errors.ts';
import type { DeskStore } from './options.ts';
import { hashToken, newToken, sameSecret } from './token.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * The way in for the first admin: a link that works once, within 24 hours of the start that
 * printed it. Only its hash is remembered, and only in memory.
 */
export class Setup {
  private readonly store: Pick<DeskStore, 'agents' | 'addAgent'>;
  private readonly now: () => number;
  private offered: { hash: string; until: number } | null = null;

  constructor(store: Pick<DeskStore, 'agents' | 'addAgent'>, now: () => number) {
    this.store = store;
    this.now = now;
  }

  /**
   * Begins an offer while there is no admin; an earlier link stops working.
   * @param base where the server is found, such as `http://127.0.0.1:3978`
   * @returns the link, its token in the fragment that browsers never send; null when there is an admin
   */
  async offer(base: string): Promise<string | null> {
    if (await this.hasAdmin()) return null;
    const token = newToken();
    this.offered = { hash: hashToken(token), until: this.now() + DAY };
    return `${new URL('/desk/setup', base).href}#${token}`;
  }

  /**
   * Adds the first admin, made by `make`.
   * @throws DeskError `setupClosed` for a wrong, used or old link, and when somebody was first
   */
  async take(token: string, make: () => Promise<AgentRow>): Promise<AgentRow> {
    const offer = this.offered;
    if (offer === null || offer.until <= this.now() || !sameSecret(hashToken(token), offer.hash)) {
      throw new DeskError('setupClosed');
    }
    // Closed before anything is awaited: of two at a time, one is too late.
    this.offered = null;
    try {
      const agent = await make();
      if (await this.hasAdmin()) throw new DeskError('setupClosed');
      await this.store.addAgent(agent);
      return agent;
    } catch (error) {
      if (!(error instanceof DeskError)) this.offered = offer;
      throw error;
    }
  }

  private async hasAdmin(): Promise<boolean> {
    return (await this.store.agents()).some((agent) => agent.role === 'admin');
  }
}
