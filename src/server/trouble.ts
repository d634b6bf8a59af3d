import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpError, ServerError } from './errors.ts';
import { languageOf } from './texts.ts';

/** Codes of a store that cannot do anything now; closed it is during a stop, and opens with the next start. */
const OUTAGES = new Set(['busy', 'full', 'unusable', 'closed']);

/** What a thrown error means to the person. Fastify's own errors say it by their status. */
function understood(error: FastifyError | HttpError, id: string): HttpError {
  if (error instanceof HttpError) return error;
  // The store is down, not wrong: the same request may succeed in a while.
  if (error.name === 'StoreError' && OUTAGES.has(error.code)) {
    return new ServerError('notReady', 503, {}, { retryAfter: 10 });
  }
  const status = error.statusCode ?? 500;
  if (status === 404) return new ServerError('notFound', 404);
  if (status === 413) return new ServerError('tooLarge', 413);
  if (status === 415) return new ServerError('wrongType', 415);
  if (status === 429) return new ServerError('tooFast', 429, { seconds: '60' }, { retryAfter: 60 });
  if (status >= 400 && status < 500) return new ServerError('badRequest', 400, { field: '-' });
  return new ServerError('internal', 500, { id });
}

function answer(error: HttpError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.retryAfter !== undefined) reply.header('retry-after', String(error.retryAfter));
  const message = error.sentence(languageOf(request.headers['accept-language']));
  return reply
    .code(error.statusCode)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send({ error: { code: error.code, message } });
}

/** Turns everything thrown, and every unknown address, into `{ error: { code, message } }`. */
export function answerTrouble(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | HttpError>((error, request, reply) => {
    const known = understood(error, request.id);
    if (known.statusCode >= 500) request.log.error({ err: error }, 'a request failed');
    return answer(known, request, reply);
  });
  app.setNotFoundHandler((request, reply) =>
    answer(new ServerError('notFound', 404), request, reply),
  );
}
