import type { PersonNames } from '../../person-names.ts';
import type { OaApi } from './api.ts';
import { OaError } from './errors.ts';
import type { Clock, OaOptions } from './options.ts';
import { whyOf } from './trouble.ts';

/** A person's profile is asked for so often at most. */
const AGAIN_MS = 24 * 3_600_000;
/** After Zalo refused one: the account may lack the right to read profiles. */
const REFUSED_MS = 3_600_000;
const MOST_PEOPLE = 10_000;

/**
 * Zalo's events name nobody: the name comes from the person's profile, where the account may read it
 * ("Quản lý thông tin người dùng"). Asked for beside the conversation, which waits for nothing.
 */
export class Profiles {
  readonly #options: Pick<OaOptions, 'store' | 'log'>;
  readonly #api: Pick<OaApi, 'displayName'>;
  readonly #names: PersonNames;
  readonly #now: Clock;
  readonly #asked = new Map<string, number>();
  #refusedUntil = 0;

  constructor(
    options: Pick<OaOptions, 'store' | 'log'>,
    api: Pick<OaApi, 'displayName'>,
    names: PersonNames,
    now: Clock,
  ) {
    this.#options = options;
    this.#api = api;
    this.#names = names;
    this.#now = now;
  }

  /** Looks at the profile of somebody who has just written, unless that was done lately. */
  look(userId: string): void {
    const now = this.#now();
    const last = this.#asked.get(userId) ?? Number.NEGATIVE_INFINITY;
    if (now < this.#refusedUntil || now - last < AGAIN_MS) return;
    this.#asked.delete(userId);
    this.#asked.set(userId, now);
    if (this.#asked.size > MOST_PEOPLE) {
      const [oldest] = this.#asked.keys();
      if (oldest !== undefined) this.#asked.delete(oldest);
    }
    void this.#ask(userId);
  }

  async #ask(userId: string): Promise<void> {
    const { store, log } = this.#options;
    try {
      const name = await this.#api.displayName(userId);
      // Who has withdrawn meanwhile has no conversation any more.
      if (await store.conversationByChat('zalo-oa', userId)) this.#names.see(userId, name);
    } catch (error) {
      if (error instanceof OaError) this.#refusedUntil = this.#now() + REFUSED_MS;
      log.debug({ why: whyOf(error) }, 'Zalo: a profile could not be read');
    }
  }
}
