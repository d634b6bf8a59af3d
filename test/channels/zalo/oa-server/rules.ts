import { z } from 'zod';
import { Refusal } from './refusal.ts';

// What Zalo takes of a message, and the codes by which it refuses the rest.

const ButtonSchema = z
  .strictObject({
    title: z.string().min(1).max(100),
    type: z.enum(['oa.query.show', 'oa.query.hide']),
    payload: z.string().min(1).max(1000),
  })
  .or(
    z.strictObject({
      title: z.string().max(100),
      type: z.literal('oa.open.url'),
      payload: z.strictObject({ url: z.url() }),
    }),
  );

const PayloadSchema = z.union([
  z.strictObject({
    template_type: z.literal('media'),
    elements: z.tuple([
      z.strictObject({ media_type: z.literal('image'), attachment_id: z.string() }),
    ]),
  }),
  z.strictObject({
    template_type: z.literal('request_user_info'),
    elements: z.tuple([
      z.strictObject({
        title: z.string().min(1).max(100),
        subtitle: z.string().min(1).max(500),
        image_url: z.url().optional(),
      }),
    ]),
  }),
  z.strictObject({
    template_type: z.literal('button').optional(),
    buttons: z.array(ButtonSchema).min(1),
  }),
]);

const MessageSchema = z
  .strictObject({
    text: z.string().optional(),
    attachment: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('template'), payload: PayloadSchema }),
        z.strictObject({
          type: z.literal('file'),
          payload: z.strictObject({ token: z.string().min(1) }),
        }),
      ])
      .optional(),
  })
  .refine(({ text, attachment }) => text || attachment)
  // A file stands alone: what is said with it is another message.
  .refine(({ text, attachment }) => attachment?.type !== 'file' || !text);

const RequestSchema = z.strictObject({
  recipient: z.strictObject({ user_id: z.string() }),
  message: MessageSchema,
});
export type Message = z.infer<typeof MessageSchema>;

/** @throws Refusal -201 for a bad parameter, -210 for too much of it */
export function checkMessage(body: unknown): { userId: string; message: Message } {
  const parsed = RequestSchema.safeParse(body);
  if (!parsed.success) throw new Refusal(-201, 'Params is invalid');
  const { recipient, message } = parsed.data;
  if ((message.text ?? '').length > 2000) throw new Refusal(-210, 'Text is over the limit');
  if (message.text && message.text !== message.text.normalize('NFC')) {
    throw new Refusal(-201, 'Text is decomposed, which counts more characters');
  }
  const payload = message.attachment?.payload;
  if (payload && 'buttons' in payload && payload.buttons.length > 5) {
    throw new Refusal(-210, 'Buttons are over the limit');
  }
  return { userId: recipient.user_id, message };
}

const TemplateSchema = z.strictObject({
  user_id: z.string().optional(),
  phone: z
    .string()
    .regex(/^84\d{9,10}$/)
    .optional(),
  template_id: z.string(),
  template_data: z.record(z.string(), z.string().min(1).max(100)),
  tracking_id: z.string().max(48).optional(),
});
export type Template = z.infer<typeof TemplateSchema>;

/** Parameters that the registered templates have; more or fewer are refused. */
const PARAMETERS = ['case_number', 'serial', 'status', 'updated_at'];

export function checkTemplate(body: unknown): Template {
  const parsed = TemplateSchema.safeParse(body);
  const names = Object.keys(parsed.data?.template_data ?? {}).sort();
  if (!parsed.success || names.join() !== PARAMETERS.join()) {
    throw new Refusal(-201, 'Template data is invalid');
  }
  return parsed.data;
}
