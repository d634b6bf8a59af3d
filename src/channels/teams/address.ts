import { z } from 'zod';
import type { Activity } from './activity.ts';

/** Where a conversation is reached: what the Bot Framework calls a conversation reference. */
const AddressSchema = z.object({
  serviceUrl: z.string(),
  channelId: z.string(),
  conversationId: z.string(),
  tenantId: z.string().nullable(),
  botId: z.string(),
  userId: z.string(),
});
export type Address = z.infer<typeof AddressSchema>;

export function addressOf(activity: Activity): Address {
  const { serviceUrl, channelId, conversation, recipient, from, channelData } = activity;
  return {
    serviceUrl,
    channelId,
    conversationId: conversation.id,
    tenantId: conversation.tenantId ?? channelData?.tenant?.id ?? null,
    botId: recipient.id,
    userId: from.id,
  };
}

export function writeAddress(address: Address): string {
  return JSON.stringify(address);
}

/** @throws ZodError for what this channel did not write */
export function readAddress(text: string): Address {
  return AddressSchema.parse(JSON.parse(text));
}
