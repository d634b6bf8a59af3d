import type { FastifyPluginAsync } from 'fastify';
import type { Channel } from '../contract.ts';
import { chatUrl } from './chat-url.ts';
import type { Connection } from './connection.ts';
import { Deliveries } from './deliver.ts';
import { fetchFile } from './files.ts';
import { Gate } from './gate.ts';
import { Incoming } from './incoming.ts';
import { Newest } from './newest.ts';
import { Operator } from './operator.ts';
import { PAUSES, type Pauses, type TeamsIdentity, type TeamsOptions } from './options.ts';
import { messagesRoute } from './route.ts';
import { troubleOf } from './trouble.ts';

/**
 * Microsoft Teams as a channel: the Bot Framework delivers to its route, replies go out by the
 * address that each delivery named. Trouble with Teams never ends the process.
 */
export function createTeamsChannel(options: TeamsOptions): {
  channel: Channel;
  routes: FastifyPluginAsync;
} {
  const pauses: Pauses = { ...PAUSES, ...options.pauses };
  const connection = connect(options, pauses);
  const newest = new Newest<string>();
  const incoming = new Incoming(options, connection, newest);
  const operator = new Operator(options.log);
  const deliveries = new Deliveries(options, connection, newest, operator);
  const chat = chatUrl(options.appId);
  const channel: Channel = {
    name: 'teams',
    deliver: (due, shown) => deliveries.deliver(due, shown),
    carriesFile: () => options.fileLinks.possible,
    fetchFile: (ref) => fetchFile(options, connection, pauses, ref),
    linkTo: () => (chat === null ? null : { url: chat, carriesCode: false }),
    start: async () => {
      const opened = await connection();
      // Nobody waits for it. A wrong secret is said now, and not when the first person has written.
      if (options.appId === '') return;
      void opened.token().then(
        () => operator.well(),
        (error: unknown) => operator.hear(troubleOf(error)),
      );
    },
    stop: async () => {},
  };
  const routes: FastifyPluginAsync = async (app) => {
    await app.register(messagesRoute(new Gate(options, connection), incoming, pauses.webhook));
  };
  return { channel, routes };
}

/** Loads the SDK once, when Teams is needed first. */
function connect(identity: TeamsIdentity, pauses: Pauses): () => Promise<Connection> {
  let opened: Promise<Connection> | null = null;
  return () => {
    opened ??= import('./bot-framework.ts').then((sdk) => sdk.openBotFramework(identity, pauses));
    return opened;
  };
}
