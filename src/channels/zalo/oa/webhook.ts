import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { ServerError } from '../../../server/errors.ts';
import { withinPatience } from '../../within-patience.ts';
import type { Incoming } from './incoming.ts';
import type { OaOptions } from './options.ts';
import { SignedSchema } from './payload.ts';
import { isSame, signatureOf } from './signature.ts';

const WEBHOOK_PATH = '/webhooks/zalo-oa';
/** An event has a few kilobytes. */
const MAX_BODY = 256 * 1024;

const WRONG_KEY =
  'Zalo: what came to /webhooks/zalo-oa is not signed with ZALO_OA_SECRET_KEY, and was refused. If it was ' +
  "Zalo that sent it, copy the OA Secret Key of the app's Webhook page (not the app's secret) and restart.";

interface Webhook {
  appId: string;
  secretKey: string;
  incoming: Incoming;
  /** Milliseconds that a commit may take. */
  patience: number;
  log: OaOptions['log'];
}

/**
 * POST /webhooks/zalo-oa. 200 after the commit; anything else makes Zalo deliver again, five times
 * within some two hours. Who does not sign is told what anybody is told who asks for an address that
 * is not there, save for the empty body by which Zalo tries the address when it is entered.
 */
export function webhookRoute(webhook: Webhook): FastifyPluginAsync {
  // Whoever sends rubbish must not fill the log: said once, until something is signed as it should be.
  let told = false;
  return async (app) => {
    // The signature is over the bytes as they came.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer' },
      async (_: FastifyRequest, body: Buffer) => body,
    );
    app.post(WEBHOOK_PATH, { bodyLimit: MAX_BODY }, async (request, reply) => {
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const given = request.headers['x-zevent-signature'];
      if (given === undefined && isProbe(raw)) return reply.code(200).send({});
      const event = signed(raw, given, webhook);
      if (event === null) {
        if (given !== undefined && !told) webhook.log.warn(WRONG_KEY);
        told ||= given !== undefined;
        throw new ServerError('notFound', 404);
      }
      told = false;
      try {
        await withinPatience(webhook.incoming.take(event), webhook.patience);
      } catch (cause) {
        throw new ServerError('notReady', 503, {}, { cause, retryAfter: 30 });
      }
      return reply.code(200).send({});
    });
  };
}

function isProbe(raw: Buffer): boolean {
  return raw.length <= 8 && ['', '{}'].includes(raw.toString('utf8').trim());
}

/** What a body says whose signature is right; else null. */
function signed(raw: Buffer, given: unknown, keys: Webhook): unknown {
  if (typeof given !== 'string') return null;
  try {
    const body: unknown = JSON.parse(raw.toString('utf8'));
    const { timestamp } = SignedSchema.parse(body);
    return isSame(given, signatureOf(raw, timestamp, keys)) ? body : null;
  } catch {
    return null;
  }
}
