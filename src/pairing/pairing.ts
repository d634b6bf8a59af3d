import type { FastifyPluginAsync } from 'fastify';
import { devicesRoute } from './devices-route.ts';
import type { PairingOptions } from './options.ts';
import { pageRoutes } from './page-routes.ts';

/** The server's side of the LAN scanner: the page and the program, and the way back for its lists. */
export function createPairingRoutes(options: PairingOptions): FastifyPluginAsync {
  return async (app) => {
    await app.register(async (scope) => {
      pageRoutes(scope, options);
      await devicesRoute(scope, options);
    });
  };
}
