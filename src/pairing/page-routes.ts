import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LanguageSchema } from '../dialogue/event.ts';
import { ServerError } from '../server/errors.ts';
import { parse } from '../server/parse.ts';
import { languageOf } from '../server/texts.ts';
import { PairingError } from './errors.ts';
import type { PairingOptions } from './options.ts';
import { renderPage } from './page.ts';
import { packTarball } from './tarball.ts';

const HOME = resolve(import.meta.dirname, '../..');
const PROGRAM = resolve(HOME, 'dist/lan/unbind-lan.mjs');
const STYLES = ['src/web/shared/theme.css', 'src/pairing/page.css'];

const QuerySchema = z.object({ lang: LanguageSchema.optional() });

/** GET /lan: the page; beside it the scanner as one file, and as a package that npx runs. */
export function pageRoutes(app: FastifyInstance, options: PairingOptions): void {
  const { publicUrl, program = PROGRAM } = options;

  const addressOf = (request: FastifyRequest) => {
    const asked = `${request.protocol}://${request.host}`;
    if (publicUrl !== null) return publicUrl;
    // A browser's host is always one; what is not must not get into a program or a page.
    if (!URL.canParse(asked)) throw new ServerError('badRequest', 400, { field: 'host' });
    return new URL(asked).origin;
  };
  /** The program with the address of whoever hands it out, which it need not be told then. */
  const programFor = async (request: FastifyRequest) => {
    const built = await readFile(program, 'utf8').catch((cause: unknown) => {
      throw new PairingError('noProgram', 503, {}, { cause });
    });
    const [shebang, ...rest] = built.split('\n');
    const preset = `globalThis.UNBIND_LAN_SERVER = ${JSON.stringify(addressOf(request))};`;
    return [shebang, preset, ...rest].join('\n');
  };
  const noCache = (reply: FastifyReply) => reply.header('cache-control', 'no-cache');

  app.get('/lan', async (request, reply) => {
    const { lang } = parse(QuerySchema, request.query);
    const language = lang ?? languageOf(request.headers['accept-language']);
    return noCache(reply)
      .header('vary', 'accept-language')
      .type('text/html; charset=utf-8')
      .send(renderPage(language, addressOf(request)));
  });

  app.get('/lan/style.css', async (_request, reply) => {
    const parts = await Promise.all(STYLES.map((path) => readFile(resolve(HOME, path), 'utf8')));
    return noCache(reply).type('text/css; charset=utf-8').send(parts.join('\n'));
  });

  app.get('/lan/unbind-lan.mjs', async (request, reply) =>
    noCache(reply)
      .header('content-disposition', 'attachment; filename="unbind-lan.mjs"')
      .type('text/javascript; charset=utf-8')
      .send(await programFor(request)),
  );

  app.get('/lan/unbind-lan.tgz', async (request, reply) => {
    const manifest = {
      name: 'unbind-lan',
      version: '1.0.0',
      type: 'module',
      bin: { 'unbind-lan': 'unbind-lan.mjs' },
      engines: { node: '>=18' },
    };
    const files = [
      { name: 'package/package.json', text: JSON.stringify(manifest) },
      { name: 'package/unbind-lan.mjs', text: await programFor(request), executable: true },
    ];
    return noCache(reply).type('application/gzip').send(packTarball(files));
  });
}
