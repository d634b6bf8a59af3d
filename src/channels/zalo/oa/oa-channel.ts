import type { FastifyPluginAsync } from 'fastify';
import type { Channel } from '../../contract.ts';
import { PersonNames } from '../../person-names.ts';
import { carriesFile } from './agent-files.ts';
import { OaApi } from './api.ts';
import { Choices } from './choices.ts';
import { Deliveries } from './deliver.ts';
import { fetchFile } from './files.ts';
import { Incoming } from './incoming.ts';
import { Operator } from './operator.ts';
import { type OaOptions, PAUSES, type Pauses } from './options.ts';
import { People } from './people.ts';
import { Profiles } from './profiles.ts';
import { connectedRoute } from './tokens/connected-route.ts';
import { Connection } from './tokens/connection.ts';
import { TokenKeeper } from './tokens/token-keeper.ts';
import { TokenWatch } from './tokens/watch.ts';
import { verificationRoute } from './verification-route.ts';
import { webhookRoute } from './webhook.ts';

/**
 * A Zalo Official Account as a channel: Zalo delivers to its webhook, and an admin connects it from
 * the desk. Trouble with Zalo never ends the process.
 */
export function createOaChannel(options: OaOptions): {
  channel: Channel;
  routes: FastifyPluginAsync;
  connection: Pick<Connection, 'status' | 'begin'>;
} {
  const { config, store, log } = options;
  const pauses: Pauses = { ...PAUSES, ...options.pauses };
  const now = options.now ?? Date.now;
  const tokens = new TokenKeeper(options, pauses, now);
  const api = new OaApi(options, tokens, pauses, now);
  const choices = new Choices(config.secretKey);
  const people = new People(store);
  const names = new PersonNames('zalo-oa', { store, log, now });
  const profiles = new Profiles({ store, log }, api, names, now);
  const operator = new Operator(log);
  const incoming = new Incoming(options, api, choices, people, profiles, now);
  const deliveries = new Deliveries({ options, api, choices, people, operator, pauses, now });
  const connection = new Connection(options, tokens, pauses, now);
  const watch = new TokenWatch(tokens, log, now);

  const channel: Channel = {
    name: 'zalo-oa',
    deliver: (due, shown) => deliveries.deliver(due, shown),
    carriesFile: (file) => carriesFile(options, file),
    fetchFile: (ref) => fetchFile(ref, config, pauses.call),
    linkTo: () =>
      tokens.oaId === null ? null : { url: `https://zalo.me/${tokens.oaId}`, carriesCode: false },
    start: async () => watch.start(),
    stop: () => watch.stop(),
  };
  const routes: FastifyPluginAsync = async (app) => {
    const { appId, secretKey, siteVerification } = config;
    await app.register(webhookRoute({ appId, secretKey, incoming, patience: pauses.commit, log }));
    await app.register(connectedRoute(connection));
    if (siteVerification !== null) await app.register(verificationRoute(siteVerification));
  };
  return { channel, routes, connection };
}
