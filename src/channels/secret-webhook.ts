import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { ServerError } from '../server/errors.ts';
import { withinPatience } from './within-patience.ts';

/** Updates have a few kilobytes, seldom a hundred. */
const MAX_BODY = 256 * 1024;

/** A webhook whose platform sends a secret along, agreed on beforehand. */
export interface SecretWebhookOptions {
  path: string;
  /** The header that carries the secret, in lower case. */
  header: string;
  secret: string;
  /** Milliseconds that a commit is waited for: less than the platform waits. */
  patience: number;
  /** Resolves once the update's turn is committed; rejects when nothing was kept. */
  take(update: unknown): Promise<void>;
}

/** A secret where the operator names none: from the token, so that it is the same at every start. */
export function secretFrom(token: string, purpose: string): string {
  return createHmac('sha256', token).update(purpose).digest('base64url');
}

/** In constant time, whatever the lengths. */
function same(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

/**
 * POST to `path`. 200 after the commit; anything else makes a platform deliver again. Who does not
 * know the secret is told what anybody is told who asks for an address that is not there.
 */
export function secretWebhook(options: SecretWebhookOptions): FastifyPluginAsync {
  return async (app) => {
    app.post(
      options.path,
      {
        bodyLimit: MAX_BODY,
        onRequest: async (request) => {
          const given = request.headers[options.header];
          if (typeof given !== 'string' || !same(given, options.secret)) {
            throw new ServerError('notFound', 404);
          }
        },
      },
      async (request, reply) => {
        try {
          await withinPatience(options.take(request.body), options.patience);
        } catch (cause) {
          throw new ServerError('notReady', 503, {}, { cause, retryAfter: 5 });
        }
        return reply.code(200).send({});
      },
    );
  };
}
