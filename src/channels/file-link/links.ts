import { z } from 'zod';
import type { AgentFile } from '../../dialogue/event.ts';
import { SealedTokens } from '../../server/sealed-tokens.ts';

const LIVES_MS = 7 * 24 * 60 * 60_000;
/** Bytes of a name in a token, so that the token fits into a route's parameter. */
const MOST_NAME = 60;

/** Short, for the same reason: blob id, end, name. */
const ContentSchema = z.tuple([z.string(), z.number(), z.string()]);

export interface FileLinksOptions {
  /** The assistant's key, 32 bytes. */
  key: Buffer;
  /** Where people find this server; null where nobody could open a link. */
  publicUrl: () => string | null;
  now?: () => number;
}

/**
 * Links to a file of an agent, `<PUBLIC_URL>/f/<token>`, for platforms that carry none. Good for seven
 * days and any number of times: platforms look at links that they show.
 */
export class FileLinks {
  readonly #options: FileLinksOptions;
  readonly #tokens: SealedTokens;

  constructor(options: FileLinksOptions) {
    this.#options = options;
    this.#tokens = new SealedTokens(options.key, 'links to a file');
  }

  get possible(): boolean {
    return this.#options.publicUrl() !== null;
  }

  /** Null without a public address. */
  make({ blobId, name }: Pick<AgentFile, 'blobId' | 'name'>): string | null {
    const publicUrl = this.#options.publicUrl();
    if (publicUrl === null) return null;
    const content = [blobId, this.#now() + LIVES_MS, shortened(name)];
    return `${publicUrl}/f/${this.#tokens.seal(JSON.stringify(content))}`;
  }

  /** The file that a token stands for now; null for one that has ended, or that was never made here. */
  read(token: string): { blobId: string; name: string } | null {
    const text = this.#tokens.open(token);
    if (text === null) return null;
    const [blobId, expiresAt, name] = ContentSchema.parse(JSON.parse(text));
    return expiresAt > this.#now() ? { blobId, name } : null;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

/** Its beginning, and what its kind is told by. */
function shortened(name: string): string {
  const kind = /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0] ?? '';
  let stem = name.slice(0, name.length - kind.length);
  while (Buffer.byteLength(stem + kind) > MOST_NAME) stem = [...stem].slice(0, -1).join('');
  return stem + kind;
}
