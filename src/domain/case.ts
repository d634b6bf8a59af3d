import { z } from 'zod';

/** Life cycle: submitted -> inReview -> (needsInfo) -> unbound | rejected | cancelled. A draft is a form. */
export const CaseStatusSchema = z.enum([
  'submitted',
  'inReview',
  'needsInfo',
  'unbound',
  'rejected',
  'cancelled',
]);
export type CaseStatus = z.infer<typeof CaseStatusSchema>;

/** Why a case was refused. The first three, and the bind states, come from the manufacturer's guide. */
export const RefusalReasonSchema = z.enum([
  'serialMismatch',
  'photoUnreadable',
  'sadpStringInvalid',
  'notBound',
  'serviceDisabled',
  'accountUnverified',
  'other',
]);
export type RefusalReason = z.infer<typeof RefusalReasonSchema>;

const OPEN: readonly CaseStatus[] = ['submitted', 'inReview', 'needsInfo'];

const NEXT: Record<CaseStatus, readonly CaseStatus[]> = {
  submitted: ['inReview', 'needsInfo', 'unbound', 'rejected', 'cancelled'],
  inReview: ['needsInfo', 'unbound', 'rejected', 'cancelled'],
  needsInfo: ['submitted', 'inReview', 'unbound', 'rejected', 'cancelled'],
  unbound: [],
  rejected: [],
  cancelled: [],
};

/** True while somebody still has to decide; one open case per serial. */
export function isOpenCase(status: CaseStatus): boolean {
  return OPEN.includes(status);
}

/** Whether the life cycle allows this step. Repeating the present status is not a step. */
export function mayBecome(from: CaseStatus, to: CaseStatus): boolean {
  return NEXT[from].includes(to);
}
