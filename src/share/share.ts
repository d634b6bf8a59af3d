import type { Perform } from '../engine/perform.ts';
import type { ShareLinks } from './links.ts';

export interface ShareOptions {
  /** The links, and where this server is found; null where nobody could open one. */
  links: { links: ShareLinks; address: () => string | null } | null;
  now: () => number;
}

/** Makes a link to a case. Safe to repeat: each link shows the same. */
export function createShare({ links, now }: ShareOptions): Perform<'share'> {
  return async ({ effectId, effect, channel, chatId }) => {
    const { caseId } = effect;
    const at = now();
    const address = links?.address() ?? null;
    const made = links?.links.make(caseId, at) ?? null;
    const url = address === null || made === null ? null : `${address}/s/${made.token}`;
    const expiresAt = made?.expiresAt ?? at;
    const base = { eventId: `share:${effectId}`, at, channel, chatId };
    return { result: { ...base, type: 'shareOffered', caseId, url, expiresAt } };
  };
}
