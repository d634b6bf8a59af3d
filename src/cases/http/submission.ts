import type { CaseRow, Store } from '../../store/contract.ts';
import { type Submission, SubmissionSchema } from './schemas.ts';

const momentOf = (at: number) => new Date(at).toISOString();

/** A case as the other server gets it; photos by the names of their parts, the string in the clear. */
export async function submissionOf(
  row: CaseRow,
  store: Pick<Store, 'revealSecret'>,
): Promise<Submission> {
  const { draft } = row;
  const string = draft.sadp && (await store.revealSecret(draft.sadp.ref));
  return SubmissionSchema.parse({
    caseId: row.caseId,
    number: row.number,
    revision: row.revision,
    submittedAt: momentOf(draft.submittedAt),
    answerBy: momentOf(draft.promise.answerBy),
    language: row.language,
    channel: row.channel,
    repairs: draft.repairs,
    network: draft.network,
    serial: { short: draft.serial.short, full: draft.serial.full ?? null },
    serialSource: draft.serialSource,
    sadp: string
      ? {
          text: string,
          exportedAt: draft.sadp?.exportedAt ? momentOf(draft.sadp.exportedAt) : null,
          receivedAt: momentOf(draft.sadp?.receivedAt ?? draft.submittedAt),
        }
      : null,
    photos: draft.photos.map(({ verdict }, index) => ({
      part: `photo-${index + 1}`,
      verdict: verdict.kind,
    })),
    proof: draft.proof,
    proofWhy: draft.proofWhy,
    flags: draft.flags,
    answer: draft.answer,
    consentVersion: draft.consentVersion,
  });
}
