import { z } from 'zod';

/**
 * Who answers: the bot, the bot while an agent has been asked for (queued), or an agent.
 * `epoch` rises at each change between bot and agent and is stamped on each outgoing reply.
 */
export const OwnerSchema = z.object({
  who: z.enum(['bot', 'queued', 'agent']),
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  epoch: z.number().int(),
});
export type Owner = z.infer<typeof OwnerSchema>;

/**
 * Since when the installer waits for a human's words, and why. Asking for an agent begins it, as
 * does each message that an agent has not answered; an agent's words end it.
 */
export const WaitingSchema = z.object({
  since: z.number().int(),
  why: z.enum([
    'asked',
    'stillBound',
    'wrote',
    'agentSilent',
    'setAside',
    'caseUntaken',
    'applicationUntaken',
  ]),
});
