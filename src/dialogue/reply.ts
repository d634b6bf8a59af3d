import { z } from 'zod';

const ParamsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** Drawings that a reply may carry, one SVG a language in assets/pictures. */
export const PictureNameSchema = z.enum([
  'sadp-get',
  'sadp-forgot-password',
  'sadp-export',
  'sadp-send',
  'label-where',
  'photo-better',
  'photo-glare',
  'photo-cropped',
  'platform-access',
  'add-to-app',
  'company-papers',
]);
export type PictureName = z.infer<typeof PictureNameSchema>;

/** A button. `token` comes back in a `choice` event; at most 64 bytes, so that every platform takes it. */
export const ChoiceSchema = z.object({
  token: z.string().max(64),
  key: z.string(),
  params: ParamsSchema.optional(),
  style: z.enum(['primary', 'danger']).optional(),
});
export type Choice = z.infer<typeof ChoiceSchema>;

/** A labelled line under a reply's text: "Serial: D12345678". */
export const LineSchema = z.object({
  label: z.string(),
  key: z.string(),
  params: ParamsSchema.optional(),
});
export type Line = z.infer<typeof LineSchema>;

/**
 * A reply as a turn makes it: a key into locales/ with its parameters. The text is rendered once,
 * in the language of its turn; times are milliseconds since the epoch and formatted when rendered.
 */
export const ReplySchema = z.object({
  key: z.string(),
  params: ParamsSchema.optional(),
  lines: z.array(LineSchema).optional(),
  choices: z.array(ChoiceSchema).optional(),
  pictures: z.array(PictureNameSchema).optional(),
  /** Where the form stands: "step 2 of 6". */
  step: z.object({ at: z.number().int(), of: z.number().int() }).optional(),
  /** A file or a large photo may answer it: a channel whose platform carries none offers another way. */
  takesFiles: z.boolean().optional(),
  /** The reply is about this case; a channel with cards may show one. */
  caseId: z.string().optional(),
  /**
   * Lines with the same name tell of the same work, the newest as it stands: a channel that can edit
   * its messages shows it in the place of the one before.
   */
  progress: z.string().optional(),
  /** A link code belongs where its text has it covered; it is made when the reply goes out. */
  linkCode: z.literal(true).optional(),
  /** News that was passed on: conversations of the account that could not show it. */
  tried: z.array(z.string()).optional(),
});
export type Reply = z.infer<typeof ReplySchema>;
