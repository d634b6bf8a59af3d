import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { ServerError } from '../../../server/errors.ts';
import type { Incoming } from './incoming.ts';

export const WEBHOOK_PATH = '/webhooks/zalo-bot';
const MAX_BODY = 256 * 1024;
/** How long Zalo waits is not published; its Official Accounts get two seconds. */
const PATIENCE_MS = 10_000;

/** The secret where the operator names none: from the token, so that it is the same at every start. */
export function defaultSecret(token: string): string {
  return createHmac('sha256', token).update('zalo bot webhook').digest('base64url');
}

/** In constant time, whatever the lengths. */
function same(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

/**
 * POST /webhooks/zalo-bot. 200 after the commit. Who does not know the secret is told what anybody
 * is told who asks for an address that is not there.
 */
export function webhookRoute(secret: string, incoming: Incoming): FastifyPluginAsync {
  return async (app) => {
    app.post(
      WEBHOOK_PATH,
      {
        bodyLimit: MAX_BODY,
        onRequest: async (request) => {
          const given = request.headers['x-bot-api-secret-token'];
          if (typeof given !== 'string' || !same(given, secret)) {
            throw new ServerError('notFound', 404);
          }
        },
      },
      async (request, reply) => {
        try {
          await withinPatience(incoming.take(request.body));
        } catch (cause) {
          throw new ServerError('notReady', 503, {}, { cause, retryAfter: 5 });
        }
        return reply.code(200).send({ ok: true });
      },
    );
  };
}

/** A commit that hangs is not waited for: the update comes again, and is known if it was kept. */
async function withinPatience(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the commit takes too long')), PATIENCE_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
