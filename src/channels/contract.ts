import type { ChannelName } from '../dialogue/event.ts';
import type { DueEffect } from '../store/contract.ts';
import type { Rendered } from '../words/words.ts';

/** How a delivery ended. A thrown error counts as `ambiguous`. */
export type Delivery =
  | { as: 'sent' }
  /**
   * Try again; not before `at`, when the platform said so. `deferred`: it waits for something else
   * than what stands behind it, which goes on.
   */
  | { as: 'transient'; why: string; at?: number; deferred?: true }
  | { as: 'permanent'; why: string }
  /** Blocked or gone: the address is unreachable until something comes from it. */
  | { as: 'unreachable'; why: string }
  /** It may have gone out. `harmful`: twice would cost, so that it is not tried again. */
  | { as: 'ambiguous'; why: string; harmful?: true };

/** What became of asking a platform for a file. */
export type FetchedFile =
  | { as: 'bytes'; bytes: Uint8Array }
  /** Beyond what the platform hands out, or what is taken from it. */
  | { as: 'tooLarge' }
  /** It will never come. */
  | { as: 'gone'; why: string }
  /** Try again; not before `at`, when the platform said so. */
  | { as: 'transient'; why: string; at?: number };

/** A platform, as the engine knows it. It knows conversations and rendered replies, never a slot. */
export interface Channel {
  readonly name: ChannelName;
  deliver(effect: DueEffect, shown: Rendered): Promise<Delivery>;
  /**
   * The bytes of a file that an `attached` event named. Absent where files come with their bytes.
   * Neither what it answers nor what it throws holds an address or a token.
   */
  fetchFile?(ref: string): Promise<FetchedFile>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
