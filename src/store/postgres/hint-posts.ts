import { z } from 'zod';
import type { Hint } from '../contract.ts';

/** Where hints are notified; processes of an older version do not listen there. */
export const HINTS_CHANNEL = 'unbinding_hints';
/** Hints in one notification, whose text may have 8000 bytes. */
const HINTS_AT_A_TIME = 8;

const conversationId = z.string().min(1).max(200);
const HintsSchema = z.object({
  from: z.string(),
  hints: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('writing'),
        conversationId,
        agentId: z.string().max(200),
        name: z.string().max(200),
      }),
      z.object({ kind: z.enum(['typing', 'open', 'shut']), conversationId }),
    ]),
  ),
});

/** Hints that wait to be told together: of one sort in one conversation the newest. */
export class HintPosts {
  readonly #waiting = new Map<string, Hint>();

  add(hint: Hint): void {
    const { kind, conversationId } = hint;
    // That a page is open and that it is not are of one sort.
    const sort = kind === 'writing' ? `writing ${hint.agentId}` : kind === 'typing' ? kind : 'page';
    this.#waiting.set(`${conversationId} ${sort}`, hint);
  }

  /** The texts of notifications for what waits, which then waits no more: nobody misses an old hint. */
  take(from: string): string[] {
    const hints = [...this.#waiting.values()];
    this.#waiting.clear();
    const payloads: string[] = [];
    for (let at = 0; at < hints.length; at += HINTS_AT_A_TIME) {
      payloads.push(JSON.stringify({ from, hints: hints.slice(at, at + HINTS_AT_A_TIME) }));
    }
    return payloads;
  }
}

/** What another process told; nothing of one's own, nor of a shape that this version does not know. */
export function hintsIn(payload: string, me: string): Hint[] {
  try {
    const read = HintsSchema.safeParse(JSON.parse(payload));
    return read.success && read.data.from !== me ? read.data.hints : [];
  } catch {
    return [];
  }
}
