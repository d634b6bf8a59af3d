import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { WEBHOOK_PATH } from './openapi.ts';
import { WebhookSchema } from './schemas.ts';
import type { TakeState } from './take-state.ts';
import type { TakeVerification } from './take-verification.ts';

const MAX_BODY = 64 * 1024;

/** A secret as such libraries write it (`whsec_` and base64), or its plain characters. */
export function webhookOf(secret: string): Webhook {
  if (secret.startsWith('whsec_')) return new Webhook(secret);
  return new Webhook(Buffer.from(secret, 'utf8'), { format: 'raw' });
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}

/**
 * POST /webhooks/case-backend, signed by the scheme of standardwebhooks.com: a signature older or
 * younger than five minutes does not count. 200 after the commit; a delivery that comes again gets
 * it too, and changes nothing. The sentences are for whoever runs the other server.
 */
export function webhookRoute(options: {
  secret: string;
  take: TakeState;
  takeVerification: TakeVerification;
}): FastifyPluginAsync {
  const webhook = webhookOf(options.secret);
  return async (app) => {
    // The signature is of the bytes, whatever they say they are.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: MAX_BODY },
      (_request, body, done) => done(null, body),
    );
    app.post(WEBHOOK_PATH, { bodyLimit: MAX_BODY }, async (request, reply) => {
      let content: unknown;
      try {
        const headers = request.headers as Record<string, string>;
        content = webhook.verify(String(request.body ?? ''), headers);
      } catch (error) {
        if (error instanceof SyntaxError) return refuse(reply, 400, 'notJson', 'This is not JSON.');
        if (!(error instanceof WebhookVerificationError)) throw error;
        return refuse(reply, 401, 'badSignature', `Not accepted: ${error.message}.`);
      }
      const parsed = WebhookSchema.safeParse(content);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const where = issue?.path.join('.') || 'the body';
        return refuse(reply, 422, 'badField', `Look at ${where}: ${issue?.message}.`);
      }
      try {
        const { type, data } = parsed.data;
        const outcome =
          type === 'case.changed' ? await options.take(data) : await options.takeVerification(data);
        if (outcome === 'taken') return reply.code(200).send({});
        return refuse(reply, 404, 'notKnown', 'Nothing of yours has this id.');
      } catch (error) {
        request.log.error({ err: error }, 'what changed could not be kept');
        reply.header('retry-after', '5');
        return refuse(reply, 503, 'notKept', 'Nothing was kept; deliver it again.');
      }
    });
  };
}
