import type { Event, EventOf } from '../dialogue/event.ts';
import type { Store } from '../store/contract.ts';

type Changed = EventOf<'caseChanged'>;

/** What somebody with the right to decide makes of a case. */
export type CaseDecision = Pick<Changed, 'status' | 'reason' | 'note' | 'reopen' | 'question'>;

export interface CaseDeciderOptions {
  store: Pick<Store, 'caseById'>;
  accept: (event: Event) => Promise<unknown>;
  now: () => number;
}

/**
 * Makes a decision a turn of the case's conversation, which writes the case and tells the
 * installer. Of two decisions on the same revision the later one changes nothing.
 */
export function createCaseDecider({ store, accept, now }: CaseDeciderOptions) {
  return async (input: {
    caseId: string;
    /** The revision that was looked at: a case that has changed since is not decided. */
    revision: number;
    decision: CaseDecision;
    agent: { agentId: string; name: string };
  }): Promise<void> => {
    const row = await store.caseById(input.caseId);
    if (!row) return;
    const revision = input.revision + 1;
    await accept({
      eventId: `case:${row.caseId}:${revision}:${input.agent.agentId}:${now()}`,
      at: now(),
      channel: row.channel,
      chatId: row.chatId,
      type: 'caseChanged',
      caseId: row.caseId,
      revision,
      by: input.agent.name,
      ...input.decision,
    });
  };
}
