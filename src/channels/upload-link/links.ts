import { createHash, randomBytes } from 'node:crypto';
import type { ChannelName } from '../../dialogue/event.ts';
import type { Store, UploadLinkRow } from '../../store/contract.ts';
import { UploadError } from './errors.ts';

const MINUTES = 30;
/** 256 random bits in base64url. */
const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** What the links need of the other rooms. */
export interface UploadLinksOptions {
  store: Pick<Store, 'addUploadLink' | 'uploadLink' | 'useUploadLink'>;
  /** PUBLIC_URL, or null: then nobody could open a link, and there are none. */
  publicUrl: string | null;
  now?: () => number;
}

/**
 * Links to a page by which somebody sends files into their conversation, for platforms that carry
 * none: `<PUBLIC_URL>/u/<token>`. Each lives for half an hour, takes one upload, and is stored as a
 * hash only. Opening the page uses nothing up, for platforms look at links that they show.
 */
export class UploadLinks {
  readonly #options: UploadLinksOptions;
  /** Hashes of links by which an upload is under way. */
  readonly #busy = new Set<string>();

  constructor(options: UploadLinksOptions) {
    this.#options = options;
  }

  /** A link into this conversation, and for how many minutes it can be used; null without PUBLIC_URL. */
  async make(
    channel: ChannelName,
    chatId: string,
  ): Promise<{ link: string; minutes: number } | null> {
    const { store, publicUrl } = this.#options;
    if (publicUrl === null) return null;
    const token = randomBytes(32).toString('base64url');
    const expiresAt = this.#now() + MINUTES * 60_000;
    await store.addUploadLink({ tokenHash: hashOf(token), channel, chatId, expiresAt });
    return { link: `${publicUrl}/u/${token}`, minutes: MINUTES };
  }

  /**
   * The link that can be used now.
   * @throws UploadError `expired`, also of one that never was, or `used`
   */
  async find(token: string): Promise<UploadLinkRow> {
    const link = SHAPE.test(token) ? await this.#options.store.uploadLink(hashOf(token)) : null;
    if (link?.usedAt != null) throw new UploadError('used', 410);
    if (!link || link.expiresAt <= this.#now()) throw new UploadError('expired', 410);
    return link;
  }

  /**
   * Uses the link up by `work`; when that fails, the link is as good as before.
   * @throws UploadError as `find` does, and `busy` while another upload is under way
   */
  async use(token: string, work: (link: UploadLinkRow) => Promise<void>): Promise<void> {
    const hash = hashOf(token);
    if (this.#busy.has(hash)) throw new UploadError('busy', 409, { retryAfter: 5 });
    this.#busy.add(hash);
    try {
      // Within the mark: what another upload has used up is seen here.
      await work(await this.find(token));
      await this.#options.store.useUploadLink(hash, this.#now());
    } finally {
      this.#busy.delete(hash);
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
