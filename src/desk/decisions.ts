import { mayBecome } from '../domain/case.ts';
import type { CaseRow } from '../store/contract.ts';
import { DeskError } from './errors.ts';
import type { ActingAgent, Decision, DeskOptions } from './options.ts';
import { isDecidedHere } from './views.ts';

export type DecideCase = (
  agent: ActingAgent,
  row: CaseRow,
  /** The one that the agent was looking at. */
  revision: number,
  decision: Decision,
) => Promise<void>;

/**
 * Decides cases for agents, wherever they do it; each decision is audited.
 * It throws a `DeskError` that says why a case was not decided.
 */
export function createDecideCase(
  { store, decide }: Pick<DeskOptions, 'store' | 'decide'>,
  now: () => number,
): DecideCase {
  return async ({ agentId, name }, row, revision, decision) => {
    if (!isDecidedHere(row)) throw new DeskError('decidedElsewhere');
    if (row.revision !== revision) throw new DeskError('changedMeanwhile');
    if (!mayBecome(row.status, decision.status)) throw new DeskError('notAStep');
    const { caseId } = row;
    await decide({ caseId, revision, decision, agent: { agentId, name } });
    // Of two agents at a time the turn of the slower one changes nothing, even if both meant the same.
    const after = await store.caseById(caseId);
    const won = after?.revision === revision + 1 && after.status === decision.status;
    if (!won || after.decidedBy !== name) throw new DeskError('changedMeanwhile');
    const reason = decision.reason === undefined ? '' : `:${decision.reason}`;
    await store.audit({
      at: now(),
      actor: agentId,
      action: 'case.decide',
      subject: caseId,
      detail: `${decision.status}${reason}`,
    });
  };
}
