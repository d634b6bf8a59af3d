import { z } from 'zod';
import { Refusal } from './refusal.ts';

const DataSchema = z.strictObject({ token: z.string(), line: z.number().nullable() });
const common = {
  title: z.string().min(1),
  data: DataSchema,
  style: z.enum(['default', 'positive', 'destructive']).optional(),
  isEnabled: z.boolean().optional(),
};
const SubmitSchema = z.strictObject({ type: z.literal('Action.Submit'), ...common });
const ExecuteSchema = z.strictObject({
  type: z.literal('Action.Execute'),
  verb: z.string(),
  ...common,
  fallback: SubmitSchema,
});
const OpenUrlSchema = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  title: z.string().min(1),
  url: z.url({ protocol: /^https$/ }),
});
const ActionSchema = z.discriminatedUnion('type', [ExecuteSchema, OpenUrlSchema]);
export type CardAction = z.infer<typeof ActionSchema>;

const spacing = z.enum(['None', 'Small', 'Default', 'Medium', 'Large']).optional();
const RunSchema = z.strictObject({
  type: z.literal('TextRun'),
  text: z
    .string()
    .min(1)
    .regex(/^[^\n]*$/, 'a line break within a run is not shown'),
  weight: z.enum(['Default', 'Lighter', 'Bolder']).optional(),
});
const RichSchema = z.strictObject({
  type: z.literal('RichTextBlock'),
  spacing,
  inlines: z.array(RunSchema).min(1),
});
const ElementSchema = z.discriminatedUnion('type', [
  RichSchema,
  z.strictObject({
    type: z.literal('TextBlock'),
    text: z.string().min(1),
    isSubtle: z.boolean().optional(),
    size: z.enum(['Small', 'Default']).optional(),
    spacing,
  }),
  z.strictObject({
    type: z.literal('Container'),
    style: z.enum(['default', 'emphasis', 'good', 'attention', 'warning']),
    items: z.array(RichSchema).min(1),
  }),
  z.strictObject({ type: z.literal('ActionSet'), actions: z.array(ActionSchema).min(1).max(6) }),
]);
/** The part of Adaptive Cards 1.5 that is used here; Teams shows an error for what it does not know. */
export const CardSchema = z.strictObject({
  type: z.literal('AdaptiveCard'),
  $schema: z.string(),
  version: z.literal('1.5'),
  body: z.array(ElementSchema).min(1),
});
export type Card = z.infer<typeof CardSchema>;

const AttachmentSchema = z.discriminatedUnion('contentType', [
  z.object({
    contentType: z.literal('application/vnd.microsoft.card.adaptive'),
    content: CardSchema,
  }),
  z.object({
    contentType: z.enum(['image/png', 'image/jpeg']),
    contentUrl: z.string().regex(/^data:image\/(png;base64,iVBOR|jpeg;base64,\/9j\/)/),
    name: z.string().min(1),
  }),
]);

export const OutgoingSchema = z.object({
  type: z.enum(['message', 'typing']),
  from: z.object({ id: z.string() }),
  conversation: z.object({ id: z.string() }),
  text: z.string().optional(),
  textFormat: z.enum(['plain', 'markdown', 'xml']).optional(),
  attachments: z.array(AttachmentSchema).max(10).optional(),
});
export type Outgoing = z.infer<typeof OutgoingSchema>;

/** Messages of a bot to one conversation, in so many milliseconds ("Optimize your bot"). */
const RATES = [
  { most: 7, within: 1_000 },
  { most: 8, within: 2_000 },
  { most: 60, within: 30_000 },
  { most: 1_800, within: 3_600_000 },
];

/** @throws Refusal for what Teams would not show */
export function outgoingIn(body: unknown): Outgoing {
  const parsed = OutgoingSchema.safeParse(body);
  if (!parsed.success) throw new Refusal(400, 'BadSyntax');
  const withoutPictures = JSON.stringify(body).replace(/data:image\/(png|jpeg);base64,[^"]+/g, '');
  if (withoutPictures.length * 2 > 100 * 1024) throw new Refusal(413, 'MessageSizeTooBig');
  const { type, text, attachments = [] } = parsed.data;
  if (type === 'message' && !text && attachments.length === 0)
    throw new Refusal(400, 'BadArgument');
  return parsed.data;
}

/** @throws Refusal when a conversation gets more than Teams lets through; `times` takes the call in */
export function checkRate(times: number[], now: number): void {
  for (const { most, within } of RATES) {
    if (times.filter((at) => at > now - within).length >= most) {
      throw new Refusal(429, 'TooManyRequests', Math.ceil(within / 2_000));
    }
  }
  times.push(now);
}
