import type { Event } from '../../dialogue/event.ts';
import type { LinkCodes } from '../../engine/link-codes.ts';
import type { PhotoReader } from '../../evidence/contract.ts';
import type { Hint, Store, TurnOutcome } from '../../store/contract.ts';

/** How many requests a minute one chat, and one address, may make. */
export interface RequestLimits {
  perChat: number;
  perAddress: number;
}

/** Web Push keys (VAPID, RFC 8292) in base64url: a P-256 point of 65 bytes, a number of 32. */
export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

/** How notifications go out to browsers whose page is closed. */
export interface WebPushOptions {
  keys: VapidKeys;
  /** Sends the request to the push service; the platform's own by default. */
  fetch?: typeof fetch;
}

/** What the web channel needs of the other rooms. */
export interface WebChannelOptions {
  store: Pick<
    Store,
    | 'conversationByChat'
    | 'transcript'
    | 'putBlob'
    | 'getBlob'
    | 'blobBelongsTo'
    | 'caseById'
    | 'caseSteps'
    | 'routesOf'
    | 'savePushSubscription'
    | 'pushSubscriptions'
    | 'dropPushSubscription'
  >;
  /** Resolves once the event's turn is committed; rejects when nothing was kept. */
  intake: { accept(event: Event): Promise<Pick<TurnOutcome, 'outcome'>> };
  /** Tells which conversation has new or changed lines. The result ends the subscription. */
  live: { subscribe(listener: (conversationId: string) => void): () => void };
  /** What people do this moment; the result of `subscribe` ends it. */
  hints: { tell(hint: Hint): void; subscribe(listener: (hint: Hint) => void): () => void };
  linkCodes: Pick<LinkCodes, 'channels' | 'issue'>;
  photos: Pick<PhotoReader, 'tidy'>;
  push: WebPushOptions;
  /** PUBLIC_URL, or null. */
  publicUrl: string | null;
  now?: () => number;
  /** Defaults: see limits.ts. */
  limits?: { messages?: RequestLimits; uploads?: RequestLimits };
  /** Milliseconds between heartbeats of a stream; 15 s by default. */
  heartbeat?: number;
}
