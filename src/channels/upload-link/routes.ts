import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Event } from '../../dialogue/event.ts';
import type { PhotoReader } from '../../evidence/contract.ts';
import { parse } from '../../server/parse.ts';
import type { Store, UploadLinkRow } from '../../store/contract.ts';
import { UPLOADS } from '../web/limits.ts';
import { UploadError } from './errors.ts';
import type { UploadLinks } from './links.ts';
import { type Taken, takeUpload } from './take.ts';
import type { OpenAnswer } from './wire.ts';

/** What the upload page's routes need of the other rooms. */
export interface UploadRoutesOptions {
  links: UploadLinks;
  store: Pick<Store, 'conversationByChat' | 'putBlob'>;
  /** Resolves once the event's turn is committed; rejects when nothing was kept. */
  intake: { accept(event: Event): Promise<unknown> };
  photos: Pick<PhotoReader, 'tidy'>;
  now?: () => number;
}

const ParamsSchema = z.object({ token: z.string().max(100) });

/**
 * What the page at /u/<token> talks to: GET /api/upload/:token whether the link is good, POST to the
 * same with the files. They become the same events as files that are sent in the chat.
 */
export function uploadRoutes(options: UploadRoutesOptions): FastifyPluginAsync {
  const { links, store } = options;
  return async (app) => {
    await app.register(async (scope) => {
      await scope.register(multipart);
      await scope.register(rateLimit, { global: false });
      const gate = makeGate(scope);

      scope.get('/api/upload/:token', async (request, reply) => {
        await gate(request);
        const { channel, chatId } = await links.find(tokenOf(request));
        const conversation = await store.conversationByChat(channel, chatId);
        const answer: OpenAnswer = { language: conversation?.language ?? 'vi' };
        return reply.header('cache-control', 'no-store').send(answer);
      });

      scope.post('/api/upload/:token', async (request, reply) => {
        await gate(request);
        await links.use(tokenOf(request), async (link) => {
          const taken = await takeUpload(request, options.photos);
          try {
            await keep(options, link, taken);
          } catch (cause) {
            throw new UploadError('notKept', 503, { cause, retryAfter: 30 });
          }
        });
        return reply.code(202).send({});
      });
    });
  };
}

function tokenOf(request: FastifyRequest): string {
  return parse(ParamsSchema, request.params).token;
}

/** By address: whoever guesses tokens is slowed down, too. */
function makeGate(scope: FastifyInstance): (request: FastifyRequest) => Promise<void> {
  const count = scope.createRateLimit({ max: UPLOADS.perAddress, timeWindow: 60_000 });
  return async (request) => {
    const seen = await count(request);
    if (!seen.isAllowed && seen.isExceeded) {
      throw new UploadError('tooFast', 429, { retryAfter: seen.ttlInSeconds });
    }
  };
}

/** Events are named by link and content: an upload that is repeated after a failure keeps nothing twice. */
async function keep(
  { store, intake, now = Date.now }: UploadRoutesOptions,
  { tokenHash, channel, chatId }: UploadLinkRow,
  { photos, files }: Taken,
): Promise<void> {
  const base = (id: string) => ({
    eventId: `upload:${tokenHash}:${id}`,
    at: now(),
    channel,
    chatId,
  });
  if (photos) {
    const blobIds: string[] = [];
    for (const { bytes, mime } of photos.pictures) blobIds.push(await store.putBlob(bytes, mime));
    await intake.accept({ ...base(photos.id), type: 'photos', blobIds });
  }
  for (const { id, name, content } of files) {
    await intake.accept({ ...base(id), type: 'file', name, content });
  }
}
