import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Channel } from '../contract.ts';
import { casesRoute } from './cases-route.ts';
import { eventsRoute } from './events-route.ts';
import { filesRoute } from './files-route.ts';
import { checkOrigin } from './identity.ts';
import { MESSAGES, makeGate, registerLimits, UPLOADS } from './limits.ts';
import { linkRoutes } from './link-route.ts';
import { OpenStreams } from './open-streams.ts';
import type { WebChannelOptions } from './options.ts';
import { photosRoutes } from './photos-route.ts';
import { notify } from './push/deliver.ts';
import { pushRoutes } from './push-route.ts';
import { sessionRoute } from './session-route.ts';
import { streamRoute } from './stream-route.ts';
import { typingRoute } from './typing-route.ts';

/**
 * The web page as a channel, and the routes under /api/chat that the page talks to. Errors are
 * HttpErrors; the server turns them into sentences.
 */
export function createWebChannel(options: WebChannelOptions): {
  channel: Channel;
  routes: FastifyPluginAsync;
} {
  const streams = new OpenStreams(options);
  const channel: Channel = {
    name: 'web',
    // The page reads the transcript, and the line is in it since the commit. What is left to do is
    // to tell a person who has closed the page: of news, and of what an agent writes.
    deliver: async (due) => {
      const { effect } = due;
      const news = effect.kind === 'send' && (effect.push || effect.agent !== undefined);
      return news && !streams.has(due.conversationId) ? notify(options, due) : { as: 'sent' };
    },
    carriesFile: () => true,
    start: async () => streams.start(),
    stop: async () => streams.stop(),
  };
  const routes: FastifyPluginAsync = async (app) => {
    await app.register(async (scope) => {
      await prepare(scope, options);
      const messages = makeGate(scope, options.limits?.messages ?? MESSAGES);
      const uploads = makeGate(scope, options.limits?.uploads ?? UPLOADS);
      sessionRoute(scope, options, messages);
      eventsRoute(scope, options, messages);
      photosRoutes(scope, options, uploads);
      filesRoute(scope, options, uploads);
      casesRoute(scope, options, messages);
      pushRoutes(scope, options, messages);
      linkRoutes(scope, options, messages);
      typingRoute(scope, options);
      streamRoute(scope, options, messages, streams);
      // A server that closes waits for its answers to end, and a stream never would.
      scope.addHook('preClose', async () => streams.endAll());
    });
  };
  return { channel, routes };
}

async function prepare(scope: FastifyInstance, options: WebChannelOptions): Promise<void> {
  // The multipart parser traces the request's headers, the cookie among them.
  scope.addHook('onRoute', (route) => {
    if (scope.log.level === 'trace') route.logLevel = 'debug';
  });
  if (!scope.hasRequestDecorator('cookies')) await scope.register(cookie);
  if (!scope.hasRequestDecorator('isMultipart')) await scope.register(multipart);
  await registerLimits(scope);
  // A form of another site may post text/plain without asking first; JSON it may not.
  if (scope.hasContentTypeParser('text/plain')) scope.removeContentTypeParser('text/plain');
  scope.addHook('onRequest', async (request) => {
    if (request.method === 'POST') checkOrigin(request, options.publicUrl);
  });
}
