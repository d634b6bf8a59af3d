import { z } from 'zod';

// What is read of an activity, by the names of the Bot Framework. Teams adds fields at any time.
// Sources: "Conversations with a bot" and "Send and receive files" of the Teams platform's pages.

const AccountSchema = z.object({
  id: z.string().max(200),
  name: z.string().optional().catch(undefined),
});

const AttachmentSchema = z.object({
  contentType: z.string().max(200),
  contentUrl: z.string().max(8_192).optional(),
  name: z.string().optional(),
  content: z.unknown().optional(),
});
export type Attachment = z.infer<typeof AttachmentSchema>;

/** `content` of a file that somebody sent in a personal chat. */
export const DownloadInfoSchema = z.object({
  downloadUrl: z.string().max(8_192),
  fileType: z.string().max(50).optional(),
});

export const ActivitySchema = z.object({
  type: z.string().max(100),
  id: z.string().min(1).max(100),
  channelId: z.string().max(50),
  serviceUrl: z.string().max(500),
  timestamp: z.string().max(50).optional(),
  locale: z.string().max(50).optional(),
  from: AccountSchema,
  recipient: AccountSchema,
  conversation: z.object({
    id: z.string().min(1).max(200),
    conversationType: z.string().max(50).optional(),
    isGroup: z.boolean().optional(),
    tenantId: z.string().max(100).optional(),
  }),
  channelData: z
    .object({
      eventType: z.string().optional(),
      tenant: z.object({ id: z.string().max(100) }).optional(),
    })
    .optional(),
  name: z.string().max(200).optional(),
  text: z.string().optional(),
  /** What a card's button carries. */
  value: z.unknown().optional(),
  replyToId: z.string().max(200).optional(),
  attachments: z.array(AttachmentSchema).max(100).optional(),
  entities: z
    .array(
      z.looseObject({
        type: z.string(),
        text: z.string().optional(),
        mentioned: z.object({ id: z.string() }).optional(),
      }),
    )
    .max(200)
    .optional(),
  membersAdded: z.array(AccountSchema).max(500).optional(),
});
export type Activity = z.infer<typeof ActivitySchema>;

/** What the buttons of our cards carry, by Submit. `line` is the transcript's. */
export const PressedSchema = z.object({
  token: z.string().max(64),
  line: z.number().int().nullable(),
});
export type Pressed = z.infer<typeof PressedSchema>;

/** The same by Execute. */
const ExecutedSchema = z.object({ action: z.object({ data: PressedSchema }) });

export const EXECUTE = 'adaptiveCard/action';

/** The button that was pressed, by Submit or Execute; null when it is none of ours. */
export function pressedIn({ type, name, value }: Activity): Pressed | null {
  if (type === 'invoke') {
    const executed = name === EXECUTE ? ExecutedSchema.safeParse(value) : null;
    return executed?.data?.action.data ?? null;
  }
  return type === 'message' ? (PressedSchema.safeParse(value).data ?? null) : null;
}

/** Whether more people than the sender read along. */
export function isGroup({ conversation }: Activity): boolean {
  const { conversationType: type, isGroup: group } = conversation;
  return group === true || (type !== undefined && type !== 'personal');
}

/** The text without the mention of the bot, which group chats need to reach it. */
export function textOf({ text = '', entities = [], recipient }: Activity): string {
  const mentions = entities.flatMap(({ type, text: said, mentioned }) =>
    type === 'mention' && mentioned?.id === recipient.id && said ? [said] : [],
  );
  return mentions.reduce((rest, said) => rest.replaceAll(said, ' '), text).trim();
}

/** Vietnamese for everybody whose Teams is not in English. */
export function languageOf({ locale = '' }: Activity): 'vi' | 'en' {
  return /^en\b/i.test(locale) ? 'en' : 'vi';
}
