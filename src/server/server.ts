import { randomUUID } from 'node:crypto';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  fastify,
  LogController,
} from 'fastify';
import { type Figures, healthRoutes } from './health.ts';
import { withoutSecrets } from './log.ts';
import { PAGE_FOLDERS, type PageFolders, servePages } from './pages.ts';
import { registerSecurity } from './security.ts';
import { answerTrouble } from './trouble.ts';

/** Largest body of a route that sets no limit of its own, in bytes. */
const MAX_BODY = 256 * 1024;
/** A request must have arrived after this: ten photos over a slow phone take minutes. */
const SLOWEST_REQUEST = 5 * 60_000;

export interface ServerOptions {
  /** `publicUrl`: where people find this server, or null. */
  config: { publicUrl: string | null };
  log: FastifyBaseLogger;
  /** Whether what comes in can be kept now. */
  ready: () => boolean;
  /** What operators are told beside readiness. */
  figures?: () => Figures;
  /** The routes of the other rooms, each in a scope of its own. */
  routes: readonly FastifyPluginAsync[];
  pages?: PageFolders;
  /**
   * Whose word about the client's address and protocol counts: proxies on this machine by default.
   * Anything wider lets people choose the address that limits count them by.
   */
  trustProxy?: string | string[];
}

/**
 * The HTTP server: headers, limits, health, pages, errors as sentences, and the given routes. It
 * does not listen yet.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    loggerInstance: withoutSecrets(options.log),
    // One line of our own an answer: Fastify's would hold the query string.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: MAX_BODY,
    requestTimeout: SLOWEST_REQUEST,
    trustProxy: options.trustProxy ?? 'loopback',
    routerOptions: { maxParamLength: 200 },
    // Frozen requests of open tabs must not hold up a stop.
    forceCloseConnections: 'idle',
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
  answerTrouble(app);
  await registerSecurity(app, options.config.publicUrl?.startsWith('https:') ?? false);
  healthRoutes(app, options.ready, options.figures);
  await servePages(app, options.pages ?? PAGE_FOLDERS);
  for (const routes of options.routes) await app.register(routes);
  return app;
}
