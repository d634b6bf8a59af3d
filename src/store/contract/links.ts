import type { ChannelName, Event } from '../../dialogue/event.ts';

/** A link to a page by which somebody sends files into their conversation, once. */
export interface UploadLinkRow {
  /** Base64url SHA-256 of the token: who reads the store cannot use the link. */
  tokenHash: string;
  channel: Event['channel'];
  chatId: string;
  expiresAt: number;
  usedAt: number | null;
}

/** Where news of a conversation may go. */
export interface Routes {
  /** Why its own address takes nothing, or null. */
  unreachable: string | null;
  /** Other conversations of its account that can be reached, the preferred one first. */
  others: { conversationId: string; channel: ChannelName; chatId: string }[];
}

/** Where a browser takes notifications of a conversation (Web Push); what a browser's own object says. */
export interface PushSubscriptionRow {
  /** Whoever knows it may send there: a secret. */
  endpoint: string;
  /** base64url. */
  keys: { p256dh: string; auth: string };
}

/** What a pairing code leads to. */
export interface Pairing {
  channel: Event['channel'];
  chatId: string;
  /** The form that the code was made for. */
  formId: string;
}

/** Links, codes and other ways between chats, pages and accounts. */
export interface LinkStore {
  addUploadLink(link: Omit<UploadLinkRow, 'usedAt'>): Promise<void>;
  /** Null also for one that ended more than a day ago. */
  uploadLink(tokenHash: string): Promise<UploadLinkRow | null>;
  /** The link is used up; the first time counts. */
  useUploadLink(tokenHash: string, at: number): Promise<void>;
  /**
   * Keeps a link code of this conversation until `expiresAt`; its earlier ones hold no more. False,
   * and nothing kept, when it has had many within the hour.
   */
  offerLinkCode(conversationId: string, code: string, expiresAt: number): Promise<boolean>;
  routesOf(conversationId: string): Promise<Routes>;
  /** Saved again, the endpoint belongs to this conversation alone and is its newest. */
  savePushSubscription(conversationId: string, subscription: PushSubscriptionRow): Promise<void>;
  /** Oldest first. */
  pushSubscriptions(conversationId: string): Promise<PushSubscriptionRow[]>;
  dropPushSubscription(endpoint: string): Promise<void>;
  /**
   * Keeps a code for a form of a conversation, whose older unused ones end with it, as do all that
   * expired by `now`. False: the code is known already, perhaps to somebody else; take another.
   */
  offerPairing(
    pairing: { codeHash: string; conversationId: string; formId: string; expiresAt: number },
    now: number,
  ): Promise<boolean>;
  /**
   * Gives a code to the first scan that asks for it, and to that one again; null for every other,
   * and for a code that is unknown or has expired.
   */
  claimPairing(codeHash: string, scanId: string, now: number): Promise<Pairing | null>;
}
