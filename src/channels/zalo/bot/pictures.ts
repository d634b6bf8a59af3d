import { createHmac, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { type Language, LanguageSchema } from '../../../dialogue/event.ts';
import { PictureNameSchema } from '../../../dialogue/reply.ts';
import { ServerError } from '../../../server/errors.ts';
import type { Rendered } from '../../../words/words.ts';
import { drawingFile, drawingPath } from '../../drawings.ts';

const PATH = '/zalo-bot/pictures';
/** Zalo fetches a picture more than once, some of it when somebody looks at it. */
const LIVES_MS = 24 * 60 * 60_000;

const ParamsSchema = z.object({
  until: z.string().regex(/^\d{1,16}$/),
  signature: z.string().regex(/^[\w-]{43}$/),
  file: z.templateLiteral([PictureNameSchema, '.', LanguageSchema, '.png']),
});

/**
 * Addresses under which Zalo fetches the how-to drawings: signed, expiring, good for any number of
 * times. Nothing but drawings can be had by them.
 */
export class PictureLinks {
  readonly #key: Buffer;
  readonly #base: string;
  readonly #now: () => number;

  /** @param token the bot's: another token makes the addresses of before worthless */
  constructor(token: string, publicUrl: string, now: () => number) {
    this.#key = createHmac('sha256', token).update('zalo bot pictures').digest();
    this.#base = publicUrl + PATH;
    this.#now = now;
  }

  /** Null for a drawing that there is no PNG of: Zalo shows nothing else. */
  async make(
    name: Rendered['pictures'][number]['name'],
    language: Language,
  ): Promise<string | null> {
    const file = drawingFile(name, language);
    const there = await stat(drawingPath(file)).catch(() => null);
    if (there === null) return null;
    const until = String(this.#now() + LIVES_MS);
    return `${this.#base}/${until}/${this.#sign(until, file)}/${file}`;
  }

  readonly routes: FastifyPluginAsync = async (app) => {
    app.get(`${PATH}/:until/:signature/:file`, async (request, reply) => {
      const params = ParamsSchema.safeParse(request.params);
      if (!params.success) throw new ServerError('notFound', 404);
      const { until, signature, file } = params.data;
      const wanted = Buffer.from(this.#sign(until, file));
      const fits = timingSafeEqual(Buffer.from(signature), wanted);
      if (!fits || Number(until) < this.#now()) throw new ServerError('notFound', 404);
      return reply
        .type('image/png')
        .header('cache-control', 'public, max-age=3600')
        .send(createReadStream(drawingPath(file)));
    });
  };

  #sign(until: string, file: string): string {
    return createHmac('sha256', this.#key).update(`${until}/${file}`).digest('base64url');
  }
}
