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
  | { as: 'ambiguous'; why: string; harmful?: true }
  /**
   * It is where the person will find it, but nobody looks there now: news may be told elsewhere.
   * `otherwise` is how it ended when there is nowhere else.
   */
  | { as: 'unseen'; otherwise: Exclude<Delivery, { as: 'unseen' }> };

/** What became of asking a platform for a file. */
export type FetchedFile =
  | { as: 'bytes'; bytes: Uint8Array }
  /** Beyond what the platform hands out, or what is taken from it. */
  | { as: 'tooLarge' }
  /** It will never come. */
  | { as: 'gone'; why: string }
  /** Try again; not before `at`, when the platform said so. */
  | { as: 'transient'; why: string; at?: number };

/** How somebody brings a link code to a channel. */
export interface LinkTarget {
  /** Opens the chat. */
  url: string;
  /** The address brings the code along; otherwise the person sends it. */
  carriesCode: boolean;
}

/** A platform, as the engine knows it. It knows conversations and rendered replies, never a slot. */
export interface Channel {
  readonly name: ChannelName;
  deliver(effect: DueEffect, shown: Rendered): Promise<Delivery>;
  /**
   * The bytes of a file that an `attached` event named. Absent where files come with their bytes.
   * Neither what it answers nor what it throws holds an address or a token.
   */
  fetchFile?(ref: string): Promise<FetchedFile>;
  /**
   * Where a link code is taken on this channel; null while that cannot be said. Absent on channels
   * to which nobody is led.
   *
   * @param code as in domain/link-code.ts, without signs between its letters
   */
  linkTo?(code: string): LinkTarget | null;
  /**
   * Whether a file of an agent comes to the person, as it is or by a link. Absent where none does.
   *
   * @param file its MIME type, and its bytes
   */
  carriesFile?(file: { mime: string; size: number }): boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
}
