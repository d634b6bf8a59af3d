import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import rateLimit from '@fastify/rate-limit';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { LanguageSchema } from '../dialogue/event.ts';
import { parse } from '../server/parse.ts';
import { languageOf } from '../server/texts.ts';
import type { Store } from '../store/contract.ts';
import type { ShareLinks } from './links.ts';
import { renderGone, renderShared } from './page.ts';

const HOME = resolve(import.meta.dirname, '../..');
const STYLES = ['src/web/shared/theme.css', 'src/share/page.css'];
/** Requests a minute from one address. */
const REQUESTS = 120;

const ParamsSchema = z.object({ token: z.string().max(500) });
const QuerySchema = z.object({ lang: LanguageSchema.optional() });

export interface ShareRoutesOptions {
  links: ShareLinks;
  store: Pick<Store, 'caseById' | 'caseSteps'>;
  now: () => number;
}

/** GET /s/:token: how a case stands, for whoever was given the link. */
export function shareRoutes({ links, store, now }: ShareRoutesOptions): FastifyPluginAsync {
  return async (app) => {
    await app.register(async (scope) => {
      await scope.register(rateLimit, { global: true, max: REQUESTS, timeWindow: 60_000 });

      scope.get('/s/style.css', async (_request, reply) => {
        const parts = await Promise.all(
          STYLES.map((path) => readFile(resolve(HOME, path), 'utf8')),
        );
        return reply
          .header('cache-control', 'no-cache')
          .type('text/css; charset=utf-8')
          .send(parts.join('\n'));
      });

      scope.get('/s/:token', async (request, reply) => {
        const { token } = parse(ParamsSchema, request.params);
        const { lang } = parse(QuerySchema, request.query);
        const language = lang ?? languageOf(request.headers['accept-language']);
        reply
          .header('cache-control', 'no-store')
          .header('vary', 'accept-language')
          .type('text/html; charset=utf-8');
        const read = links.read(token, now());
        const row = read && (await store.caseById(read.caseId));
        if (!read || !row) return reply.code(410).send(renderGone(language));
        const { number, serial, status, answerBy } = row;
        const steps = await store.caseSteps(row.caseId);
        const shown = { number, serialEnd: serial.slice(-4), status, answerBy, steps };
        return reply.send(renderShared(language, { ...shown, expiresAt: read.expiresAt }));
      });
    });
  };
}
