import rateLimit from '@fastify/rate-limit';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { sendFile } from '../../server/send-file.ts';
import { languageOf } from '../../server/texts.ts';
import type { Store } from '../../store/contract.ts';
import type { FileLinks } from './links.ts';
import { fileTexts } from './texts.ts';

/** Requests a minute from one address. */
const REQUESTS = 60;

const ParamsSchema = z.object({ token: z.string() });

export interface FileRoutesOptions {
  links: Pick<FileLinks, 'read'>;
  store: Pick<Store, 'getBlob'>;
}

/** GET /f/:token: a file of an agent, for whoever was given the link. Never a picture. */
export function fileRoutes({ links, store }: FileRoutesOptions): FastifyPluginAsync {
  return async (app) => {
    await app.register(async (scope) => {
      await scope.register(rateLimit, { global: true, max: REQUESTS, timeWindow: 60_000 });
      scope.get('/f/:token', async (request, reply) => {
        const { token } = ParamsSchema.parse(request.params);
        const file = links.read(token);
        const blob = file && (await store.getBlob(file.blobId));
        if (file && blob && !blob.mime.startsWith('image/'))
          return sendFile(reply, blob, file.name);
        const lng = languageOf(request.headers['accept-language']);
        return reply
          .code(410)
          .header('cache-control', 'no-store')
          .type('text/plain; charset=utf-8')
          .send(fileTexts.t('gone', { lng }));
      });
    });
  };
}
