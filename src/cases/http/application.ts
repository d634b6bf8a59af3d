import type { VerificationRow } from '../../store/contract.ts';
import { ApplicationSchema, type ApplicationSubmission } from './schemas.ts';

/** Names of the parts that hold pictures, in their order. */
export const licencePart = (index: number) => `licence-${index + 1}`;

/** A company's application as the other server gets it; photos by the names of their parts. */
export function applicationOf(row: VerificationRow): ApplicationSubmission {
  const { applicationId, submittedAt, company, taxCode, phone, blobIds } = row.application;
  return ApplicationSchema.parse({
    applicationId,
    applicant: row.conversationId,
    submittedAt: new Date(submittedAt).toISOString(),
    language: row.language,
    channel: row.channel,
    company,
    taxCode,
    phone,
    licence: blobIds.map((_, index) => licencePart(index)),
  });
}
