import type { FastifyPluginAsync } from 'fastify';
import { Duty } from '../../engine/duty.ts';
import type { Channel } from '../contract.ts';
import { openApi } from './api.ts';
import { Deliveries } from './deliver.ts';
import { fetchFile } from './files.ts';
import { Incoming } from './incoming.ts';
import { NewestMessages } from './newest-messages.ts';
import { Operator } from './operator.ts';
import { PAUSES, type Pauses, type TelegramOptions } from './options.ts';
import { Polling } from './polling.ts';
import { SetUp } from './set-up.ts';
import { webhookRoute } from './webhook.ts';

/**
 * Telegram as a channel: by asking for updates or, with a public address, by a webhook whose route
 * comes along. Trouble with Telegram never ends the process.
 */
export function createTelegramChannel(options: TelegramOptions): {
  channel: Channel;
  routes: FastifyPluginAsync;
} {
  const pauses: Pauses = { ...PAUSES, ...options.pauses };
  const api = openApi(options, pauses);
  const newest = new NewestMessages();
  const operator = new Operator(options.log);
  const incoming = new Incoming(options, api, newest);
  const deliveries = new Deliveries(options, api, newest);
  const setUp = new SetUp();
  const polling = options.webhook
    ? null
    : new Polling(api, incoming, operator, pauses, new Duty(options.store, 'telegram polling'));
  const channel: Channel = {
    name: 'telegram',
    deliver: (due, shown) => deliveries.deliver(due, shown),
    linkTo: (code) => setUp.linkTo(code),
    fetchFile: (ref) => fetchFile(api, ref, pauses.call, (options.now ?? Date.now)()),
    carriesFile: () => true,
    start: async () => {
      setUp.start(options, api, operator, pauses);
      polling?.start();
    },
    stop: async () => {
      await Promise.all([setUp.stop(), polling?.stop()]);
    },
  };
  const routes: FastifyPluginAsync = async (app) => {
    if (options.webhook) await app.register(webhookRoute(options.webhook.secret, incoming));
  };
  return { channel, routes };
}
