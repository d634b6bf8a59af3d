import type { FastifyPluginAsync } from 'fastify';
import { secretFrom, secretWebhook } from '../../secret-webhook.ts';
import type { Incoming } from './incoming.ts';

export const WEBHOOK_PATH = '/webhooks/zalo-bot';
/** How long Zalo waits for a bot is not published. */
const PATIENCE_MS = 10_000;

/** The secret where the operator names none. */
export function defaultSecret(token: string): string {
  return secretFrom(token, 'zalo bot webhook');
}

/** POST /webhooks/zalo-bot. */
export function webhookRoute(secret: string, incoming: Incoming): FastifyPluginAsync {
  return secretWebhook({
    path: WEBHOOK_PATH,
    header: 'x-bot-api-secret-token',
    secret,
    patience: PATIENCE_MS,
    take: (update) => incoming.take(update),
  });
}
