import { z } from 'zod';
import type { EventOf } from '../dialogue/event.ts';
import { RefusalReasonSchema } from '../domain/case.ts';

type Changed = EventOf<'caseChanged'>;

/** What somebody at the terminal does as an agent. */
export type AgentWords =
  | { kind: 'decide'; decision: Pick<Changed, 'status' | 'reason' | 'note' | 'question'> }
  | { kind: 'act'; act: EventOf<'agentActed'>['act']; text?: string }
  | { kind: 'unknown'; why: string };

const WhichSchema = z.enum(['approve', 'review', 'refuse', 'ask', 'take', 'say', 'back']);

/** Understands "approve", "refuse serialMismatch the photo shows another one", "ask …", "take". */
export function parseAgentWords(words: string): AgentWords {
  const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(words) ?? [];
  const which = WhichSchema.safeParse(first);
  if (!which.success) {
    return { kind: 'unknown', why: `An agent can ${WhichSchema.options.join(', ')}.` };
  }
  switch (which.data) {
    case 'approve':
      return { kind: 'decide', decision: { status: 'unbound', ...(rest ? { note: rest } : {}) } };
    case 'review':
      return { kind: 'decide', decision: { status: 'inReview' } };
    case 'refuse':
      return parseRefusal(rest);
    case 'ask':
      return rest
        ? { kind: 'decide', decision: { status: 'needsInfo', question: rest } }
        : { kind: 'unknown', why: 'Ask what? Write the question behind "ask".' };
    case 'take':
      return { kind: 'act', act: 'takeOver' };
    case 'back':
      return { kind: 'act', act: 'handBack' };
    case 'say':
      return { kind: 'act', act: 'say', text: rest };
  }
}

function parseRefusal(words: string): AgentWords {
  const [, first = '', note = ''] = /^(\S*)\s*(.*)$/s.exec(words) ?? [];
  const reason = RefusalReasonSchema.safeParse(first);
  if (!reason.success) {
    return {
      kind: 'unknown',
      why: `A refusal needs a reason: ${RefusalReasonSchema.options.join(', ')}.`,
    };
  }
  const decision = { status: 'rejected' as const, reason: reason.data };
  return { kind: 'decide', decision: { ...decision, ...(note ? { note } : {}) } };
}
