import { backendOf } from '../../dialogue/effect.ts';
import type { CaseRow, CaseStep, DeadLetter } from '../../store/contract.ts';

const timeOf = (at: number) => new Date(at).toISOString();

/** A case for programs: no picture, no string, no chat. */
export function caseLine(row: CaseRow) {
  const { draft } = row;
  return {
    caseId: row.caseId,
    number: row.number,
    serial: row.serial,
    network: draft.network,
    channel: row.channel,
    language: row.language,
    backend: backendOf(draft),
    status: row.status,
    reason: row.reason,
    note: row.note,
    decidedBy: row.decidedBy,
    submittedAt: timeOf(row.submittedAt),
    updatedAt: timeOf(row.updatedAt),
    answerBy: timeOf(row.answerBy),
    repairs: draft.repairs,
    photos: draft.photos.length,
    sadpString: draft.sadp !== null,
    proof: draft.proof,
    flags: draft.flags,
    consentVersion: draft.consentVersion,
  };
}

export function caseWithSteps(row: CaseRow, steps: readonly CaseStep[]) {
  return {
    ...caseLine(row),
    steps: steps.map(({ status, at }) => ({ status, at: timeOf(at) })),
  };
}

export function deadLetterLine(letter: DeadLetter) {
  const { effectId: id, createdAt, ...rest } = letter;
  return { id, ...rest, createdAt: timeOf(createdAt) };
}
