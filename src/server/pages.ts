import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { ServerError } from './errors.ts';

const HOME = resolve(import.meta.dirname, '../..');
const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Where the files of the pages are; both folders hold nothing secret. */
export interface PageFolders {
  /** Vite's output: chat/index.html, desk/index.html, assets/. */
  built: string;
  /** The how-to drawings. */
  pictures: string;
}

export const PAGE_FOLDERS: PageFolders = {
  built: resolve(HOME, 'dist/web'),
  pictures: resolve(HOME, 'assets/pictures'),
};

/** Each address of a page or of its worker, and its file. The desk finds its views by itself. */
const PAGES = {
  '/': 'chat/index.html',
  '/desk': 'desk/index.html',
  '/desk/': 'desk/index.html',
  '/desk/setup': 'desk/index.html',
  '/u/:token': 'upload/index.html',
  '/desk/invite': 'desk/index.html',
  // Not an asset: a worker's address decides which pages are its own, and must never change.
  '/sw.js': 'sw.js',
} as const;

/**
 * The pages and what they load. Assets are named by their content and kept for good; the pages
 * themselves are asked for again each time (ETag), so that nobody works with an old one.
 */
export async function servePages(app: FastifyInstance, folders: PageFolders): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: resolve(folders.built, 'assets'),
      prefix: '/assets/',
      index: false,
      immutable: true,
      maxAge: YEAR,
    });
    for (const [address, file] of Object.entries(PAGES)) {
      scope.get(address, async (_request, reply) => {
        const built = await stat(resolve(folders.built, file)).catch(() => null);
        if (built === null) throw new ServerError('pagesMissing', 503);
        // `cacheControl: false`, for the header below says what maxAge cannot.
        return reply
          .header('cache-control', 'no-cache')
          .sendFile(file, folders.built, { cacheControl: false });
      });
    }
  });
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: folders.pictures,
      prefix: '/pictures/',
      index: false,
      maxAge: 60 * 60 * 1000,
      // A drawing opened by itself may style itself, and do nothing else.
      setHeaders: (reply) => {
        reply.header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        );
      },
    });
  });
}
