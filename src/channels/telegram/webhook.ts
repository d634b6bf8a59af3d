import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { ServerError } from '../../server/errors.ts';
import { withinPatience } from '../within-patience.ts';
import type { Incoming } from './incoming.ts';

export const WEBHOOK_PATH = '/webhooks/telegram';
/** Updates have a few kilobytes; a text of 4096 characters with its entities about a hundred. */
const MAX_BODY = 256 * 1024;
/** Telegram's own patience is about a minute. */
const PATIENCE_MS = 20_000;

/** The secret where the operator names none: from the token, so that it is the same at every start. */
export function defaultSecret(token: string): string {
  return createHmac('sha256', token).update('telegram webhook').digest('base64url');
}

function same(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

/**
 * POST /webhooks/telegram. 200 after the commit; anything else makes Telegram deliver again. Who
 * does not know the secret is told what anybody is told who asks for an address that is not there.
 */
export function webhookRoute(secret: string, incoming: Incoming): FastifyPluginAsync {
  return async (app) => {
    app.post(
      WEBHOOK_PATH,
      {
        bodyLimit: MAX_BODY,
        onRequest: async (request) => {
          const given = request.headers['x-telegram-bot-api-secret-token'];
          if (typeof given !== 'string' || !same(given, secret)) {
            throw new ServerError('notFound', 404);
          }
        },
      },
      async (request, reply) => {
        try {
          await withinPatience(incoming.take(request.body), PATIENCE_MS);
        } catch (cause) {
          throw new ServerError('notReady', 503, {}, { cause, retryAfter: 5 });
        }
        return reply.code(200).send({});
      },
    );
  };
}
