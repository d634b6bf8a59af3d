import type { FastifyPluginAsync } from 'fastify';
import { secretFrom, secretWebhook } from '../secret-webhook.ts';
import type { Incoming } from './incoming.ts';

export const WEBHOOK_PATH = '/webhooks/telegram';
/** Telegram's own patience is about a minute. */
const PATIENCE_MS = 20_000;

/** The secret where the operator names none. */
export function defaultSecret(token: string): string {
  return secretFrom(token, 'telegram webhook');
}

/** POST /webhooks/telegram. */
export function webhookRoute(secret: string, incoming: Incoming): FastifyPluginAsync {
  return secretWebhook({
    path: WEBHOOK_PATH,
    header: 'x-telegram-bot-api-secret-token',
    secret,
    patience: PATIENCE_MS,
    take: (update) => incoming.take(update),
  });
}
