import type { LinkOffer } from '../../src/dialogue/effect.ts';
import type { ChannelName } from '../../src/dialogue/event.ts';
import { LINK_CODE_LIVES_MS, readLinkCode } from '../../src/domain/link-code.ts';

const CODES = ['KTR-XMP-QBN', 'BCF-GHJ-KLM', 'NPQ-RST-VXZ', 'ZXV-TSR-QPN'];

/** The id of the person's conversation in a channel. */
export function idOf(channel: ChannelName): string {
  return channel === 'web' ? 'c1' : `c-${channel}`;
}

export function channelOf(conversationId: string): ChannelName {
  return conversationId === 'c1' ? 'web' : (conversationId.slice(2) as ChannelName);
}

export function addressOf(channel: ChannelName) {
  return { conversationId: idOf(channel), channel, chatId: 'chat' };
}

/** Which of a person's chats share an account, and which codes hold. */
export class Links {
  readonly #accounts = new Map<ChannelName, string>();
  readonly #codes = new Map<string, { channel: ChannelName; until: number }>();
  #given = 0;

  /** The code that was given out last, as people read it. */
  newest = '';

  accountOf(channel: ChannelName): string {
    return this.#accounts.get(channel) ?? `a-${channel}`;
  }

  besides(channel: ChannelName): ChannelName[] {
    const account = this.accountOf(channel);
    const known = [...this.#accounts.keys()];
    return known.filter((other) => other !== channel && this.accountOf(other) === account);
  }

  sees(channel: ChannelName, other: ChannelName): boolean {
    return this.accountOf(channel) === this.accountOf(other);
  }

  /** One code at a time holds for a chat. */
  give(channel: ChannelName, at: number): void {
    for (const [code, given] of this.#codes)
      if (given.channel === channel) this.#codes.delete(code);
    this.newest = CODES[this.#given % CODES.length] ?? '';
    this.#given += 1;
    this.#codes.set(readLinkCode(this.newest) ?? '', { channel, until: at + LINK_CODE_LIVES_MS });
  }

  offer(code: string | null, at: number): LinkOffer | null {
    const given = code === null ? undefined : this.#codes.get(code);
    if (!given || given.until <= at) return null;
    return { ...addressOf(given.channel), accountId: this.accountOf(given.channel) };
  }

  join(here: ChannelName, there: ChannelName): void {
    for (const [code, given] of this.#codes) if (given.channel === there) this.#codes.delete(code);
    const account = this.accountOf(there);
    for (const channel of [here, ...this.besides(here), there])
      this.#accounts.set(channel, account);
  }

  leave(channel: ChannelName): void {
    this.#accounts.set(channel, `a-${channel}-alone`);
  }
}
