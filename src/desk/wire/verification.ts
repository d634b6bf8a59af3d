import * as z from 'zod/mini';
import { channel } from './common.ts';

/** What an agent may ask for again of a company that is refused. */
export const COMPANY_SLOTS = ['company', 'taxCode', 'licence', 'phone'] as const;

export const VerificationSchema = z.object({
  applicationId: z.string(),
  conversationId: z.string(),
  channel,
  company: z.string(),
  taxCode: z.string(),
  /** In E.164. */
  phone: z.string(),
  /** The business licence; photos of the conversation. */
  blobIds: z.array(z.string()),
  submittedAt: z.int(),
  /** Whether agents decide it, or somebody's server. */
  decidedHere: z.boolean(),
});
export type VerificationView = z.infer<typeof VerificationSchema>;

/** Answer of GET /api/desk/verifications: those that wait, oldest first. */
export const VerificationsSchema = z.object({ verifications: z.array(VerificationSchema) });
