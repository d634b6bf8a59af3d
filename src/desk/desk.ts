import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { Acts } from './acts.ts';
import { actsRoutes } from './acts-routes.ts';
import { agentsRoutes } from './agents-routes.ts';
import { auditRoute } from './audit-route.ts';
import { casesRoutes } from './cases-routes.ts';
import { conversationsRoutes } from './conversations-routes.ts';
import { decisionRoute } from './decision-route.ts';
import { createDecideCase, type DecideCase } from './decisions.ts';
import { DeskError } from './errors.ts';
import { exportRoute } from './export-route.ts';
import { figuresRoutes } from './figures-routes.ts';
import { filesRoutes } from './files-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { guardOrigin, guardSession } from './guard.ts';
import { inboxRoutes } from './inbox-routes.ts';
import { invitesRoute, takeInviteRoute } from './invites-routes.ts';
import { notesRoutes } from './notes-routes.ts';
import { noticesRoute } from './notices-route.ts';
import { officeRoutes } from './office-routes.ts';
import { oidcRoutes } from './oidc-routes.ts';
import type { DeskOptions } from './options.ts';
import { photosRoutes } from './photos-routes.ts';
import { Sessions } from './sessions.ts';
import { Setup } from './setup.ts';
import { entryRoutes, meRoutes, OWN_ROUTES } from './sign-in-routes.ts';
import { SignInTries } from './sign-in-tries.ts';
import { slotsRoute } from './slots-route.ts';
import { streamRoute } from './stream-route.ts';
import { tokensRoutes } from './tokens-routes.ts';
import { verificationsRoutes } from './verifications-routes.ts';
import { zaloOaRoutes } from './zalo-oa-routes.ts';

const MINUTE = 60_000;
/** Requests a minute from one address: signing in costs 32 MiB and a quarter of a second each. */
const ENTRIES = 60;
const REQUESTS = 1200;

async function limit(scope: FastifyInstance, max: number): Promise<void> {
  await scope.register(rateLimit, {
    global: true,
    max,
    timeWindow: MINUTE,
    errorResponseBuilder: (_request, { ttl }) => {
      const retryAfter = Math.ceil(ttl / 1000);
      return new DeskError('tooFast', { seconds: String(retryAfter) }, { retryAfter });
    },
  });
}

/** The agents' desk: its routes under /api/desk, and the way in for the first admin. */
export function createDesk(options: DeskOptions): {
  routes: FastifyPluginAsync;
  setup: Setup;
  /** What agents do, for other places where they do it. */
  acts: Acts;
  decideCase: DecideCase;
} {
  const now = options.now ?? Date.now;
  const https = options.publicUrl?.startsWith('https:') ?? false;
  const sessions = new Sessions(options.store, https, now);
  const setup = new Setup(options.store, now);
  const acts = new Acts(options, now);
  const decideCase = createDecideCase(options, now);

  const entry: FastifyPluginAsync = async (scope) => {
    await limit(scope, ENTRIES);
    const tries = new SignInTries();
    entryRoutes(scope, options, { sessions, setup, tries, now });
    oidcRoutes(scope, options, { sessions, now });
    takeInviteRoute(scope, options, { sessions, tries, now });
  };
  const inside: FastifyPluginAsync = async (scope) => {
    await limit(scope, REQUESTS);
    guardSession(scope, sessions, OWN_ROUTES);
    meRoutes(scope, options, { sessions, now });
    groupRoutes(scope, options);
    agentsRoutes(scope, options, now);
    invitesRoute(scope, options, now);
    auditRoute(scope, options);
    figuresRoutes(scope, options, now);
    casesRoutes(scope, options, now);
    decisionRoute(scope, options, decideCase);
    photosRoutes(scope, options, now);
    filesRoutes(scope, options);
    conversationsRoutes(scope, options);
    inboxRoutes(scope, options, now);
    notesRoutes(scope, options, now);
    slotsRoute(scope, options, now);
    actsRoutes(scope, options, { acts, now });
    verificationsRoutes(scope, options, now);
    zaloOaRoutes(scope, options);
    officeRoutes(scope, options, now);
    noticesRoute(scope, options, now);
    exportRoute(scope, options, now);
    tokensRoutes(scope, options, now);
    streamRoute(scope, options, sessions);
  };
  const routes: FastifyPluginAsync = async (app) => {
    await app.register(async (scope) => {
      if (!scope.hasRequestDecorator('cookies')) await scope.register(cookie);
      // A form of another site may post text/plain without asking first; JSON it may not.
      if (scope.hasContentTypeParser('text/plain')) scope.removeContentTypeParser('text/plain');
      guardOrigin(scope, options.publicUrl);
      // What agents see is nobody else's, now or later; a route that knows better says so.
      scope.addHook('onRequest', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
      });
      await scope.register(entry);
      await scope.register(inside);
    });
  };
  return { routes, setup, acts, decideCase };
}
