import type { FastifyPluginAsync } from 'fastify';
import type { Channel } from '../../contract.ts';
import { safeDownload } from '../../safe-download.ts';
import { BotApi } from './api.ts';
import { Deliveries } from './deliver.ts';
import { Incoming } from './incoming.ts';
import { Operator } from './operator.ts';
import { PAUSES, type Pauses, type ZaloBotOptions } from './options.ts';
import { PictureLinks } from './pictures.ts';
import { Polling } from './polling.ts';
import { SetUp } from './set-up.ts';
import { webhookRoute } from './webhook.ts';

const MOST_BYTES = 20 * 1024 * 1024;

/**
 * A bot of the Zalo Bot Platform as a channel: by a webhook or, for trials, by asking for updates.
 * Trouble with Zalo never ends the process.
 */
export function createZaloBotChannel(options: ZaloBotOptions): {
  channel: Channel;
  routes: FastifyPluginAsync;
} {
  const pauses: Pauses = { ...PAUSES, ...options.pauses };
  const { webhook, publicUrl, token, log } = options;
  const api = new BotApi(token, options.apiRoot, pauses.call);
  const operator = new Operator(log);
  const incoming = new Incoming(options, api);
  const pictures = publicUrl && new PictureLinks(token, publicUrl, options.now ?? Date.now);
  const deliveries = new Deliveries(options, api, pictures || null);
  const setUp = new SetUp();
  const polling = webhook ? null : new Polling(log, api, incoming, operator, pauses);
  const stopped = new AbortController();
  const channel: Channel = {
    name: 'zalo-bot',
    deliver: (due, shown) => deliveries.deliver(due, shown),
    carriesFile: () => options.fileLinks.possible,
    fetchFile: (address) =>
      safeDownload(address, {
        maxBytes: MOST_BYTES,
        timeoutMs: pauses.download,
        allowPrivate: ({ origin }) => origin === api.namedOrigin,
        signal: stopped.signal,
      }),
    start: async () => {
      if (webhook) setUp.start(webhook, api, operator, pauses);
      polling?.start();
    },
    stop: async () => {
      stopped.abort();
      await Promise.all([setUp.stop(), polling?.stop()]);
    },
  };
  const routes: FastifyPluginAsync = async (app) => {
    if (webhook) await app.register(webhookRoute(webhook.secret, incoming));
    if (pictures) await app.register(pictures.routes);
  };
  return { channel, routes };
}
