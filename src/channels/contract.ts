import type { ChannelName } from '../dialogue/event.ts';
import type { DueEffect } from '../store/contract.ts';
import type { Rendered } from '../words/words.ts';

/** How a delivery ended. A thrown error counts as `ambiguous`. */
export type Delivery =
  | { as: 'sent' }
  /** Try again; not before `at`, when the platform said so. */
  | { as: 'transient'; why: string; at?: number }
  | { as: 'permanent'; why: string }
  /** Blocked or gone: the address is unreachable until something comes from it. */
  | { as: 'unreachable'; why: string }
  | { as: 'ambiguous'; why: string };

/** A platform, as the engine knows it. It knows conversations and rendered replies, never a slot. */
export interface Channel {
  readonly name: ChannelName;
  deliver(effect: DueEffect, shown: Rendered): Promise<Delivery>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
