import type { OutboxEffect } from '../dialogue/effect.ts';
import type { Event } from '../dialogue/event.ts';
import type { DueEffect, Settlement } from '../store/contract.ts';

/** An effect of one kind, as the room that performs it gets it. */
export type EffectOf<K extends OutboxEffect['kind']> = DueEffect & {
  effect: Extract<OutboxEffect, { kind: K }>;
};

/**
 * How performing an effect ended: written down as it is, or with an event whose commit finishes
 * the effect (as done, or as `settlement` says).
 */
export type Performed = { settlement: Settlement } | { result: Event; settlement?: Settlement };

/** Performs one effect. What it throws is tried again later. */
export type Perform<K extends OutboxEffect['kind']> = (effect: EffectOf<K>) => Promise<Performed>;

export type Performers = { [K in OutboxEffect['kind']]: Perform<K> };
