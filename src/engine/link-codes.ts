import { randomInt } from 'node:crypto';
import type { Channel, LinkTarget } from '../channels/contract.ts';
import type { ChannelName, Language } from '../dialogue/event.ts';
import {
  COVERED_LINK_CODE,
  isLinkCode,
  LINK_CODE_LENGTH,
  LINK_CODE_LETTERS,
  LINK_CODE_LIVES_MS,
  writeLinkCode,
} from '../domain/link-code.ts';
import type { Store } from '../store/contract.ts';
import type { Rendered, Words } from '../words/words.ts';

export interface LinkCodesOptions {
  store: Pick<Store, 'offerLinkCode' | 'conversationById'>;
  channels: ReadonlyMap<ChannelName, Channel>;
  words: Pick<Words, 'say'>;
  now: () => number;
}

/** A code as the person gets it. */
export interface IssuedLinkCode {
  /** In threes, as people read it. */
  code: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Where it can be taken, other than the channel it was asked for on. */
  targets: ({ channel: ChannelName } & LinkTarget)[];
}

/** Gives out link codes. A code is in no table, transcript or log: it goes to the person alone. */
export interface LinkCodes {
  /** Channels that say how a code is brought to them. */
  channels(except: ChannelName): ChannelName[];
  /** Null when the conversation has had too many lately. */
  issue(conversationId: string, channel: ChannelName): Promise<IssuedLinkCode | null>;
  /** The text of a reply with a fresh code where it was covered. */
  fill(conversationId: string, channel: ChannelName, shown: Rendered): Promise<Rendered>;
}

/** Some 198 thousand million of them. */
export function drawCode(): string {
  for (;;) {
    const letters = Array.from({ length: LINK_CODE_LENGTH }, () =>
      LINK_CODE_LETTERS.charAt(randomInt(LINK_CODE_LETTERS.length)),
    );
    const code = letters.join('');
    if (isLinkCode(code)) return code;
  }
}

export function createLinkCodes({ store, channels, words, now }: LinkCodesOptions): LinkCodes {
  function targetsOf(code: string, except: ChannelName): IssuedLinkCode['targets'] {
    return [...channels.values()].flatMap((one) => {
      const target = one.name === except ? null : (one.linkTo?.(code) ?? null);
      return target === null ? [] : [{ channel: one.name, ...target }];
    });
  }

  async function issue(conversationId: string, channel: ChannelName) {
    const code = drawCode();
    const expiresAt = now() + LINK_CODE_LIVES_MS;
    if (!(await store.offerLinkCode(conversationId, code, expiresAt))) return null;
    return { code: writeLinkCode(code), expiresAt, targets: targetsOf(code, channel) };
  }

  function lineOf(target: IssuedLinkCode['targets'][number], language: Language): string {
    const channel = words.say(`link.channel.${target.channel}`, undefined, language);
    const key = target.carriesCode ? 'link.openAt' : 'link.sendAt';
    return words.say(key, { channel, url: target.url }, language);
  }

  return {
    channels: (except) => targetsOf(drawCode(), except).map(({ channel }) => channel),
    issue,
    async fill(conversationId, channel, shown) {
      const issued = await issue(conversationId, channel);
      const language = (await store.conversationById(conversationId))?.language ?? 'vi';
      if (issued === null)
        return { ...shown, text: words.say('link.tooOften', undefined, language) };
      const text = shown.text.replace(COVERED_LINK_CODE, issued.code);
      return {
        ...shown,
        text: [text, ...issued.targets.map((target) => lineOf(target, language))].join('\n'),
      };
    },
  };
}
