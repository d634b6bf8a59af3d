import type { FastifyInstance } from 'fastify';
import type { ChannelName } from '../../dialogue/event.ts';
import { ChatError } from './errors.ts';
import { chatOf } from './identity.ts';
import type { Gate } from './limits.ts';
import type { WebChannelOptions } from './options.ts';
import { drawQr } from './qr.ts';
import type { LinkCodeAnswer, LinksAnswer, Messenger } from './wire.ts';

function isMessenger(channel: ChannelName): channel is Messenger {
  return channel !== 'web';
}

/** /api/chat/link: where else this person can be told, and a code to link such a channel. */
export function linkRoutes(app: FastifyInstance, options: WebChannelOptions, gate: Gate): void {
  const { store, linkCodes, now = Date.now } = options;

  app.get('/api/chat/link', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const own = await store.conversationByChat('web', chatId);
    const { others } = own ? await store.routesOf(own.conversationId) : { others: [] };
    const linked = new Set(others.map(({ channel }) => channel).filter(isMessenger));
    const offered = linkCodes.channels('web').filter(isMessenger);
    const answer: LinksAnswer = { offered, linked: [...linked] };
    return reply.header('cache-control', 'no-store').send(answer);
  });

  app.post('/api/chat/link', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const own = await store.conversationByChat('web', chatId);
    if (own === null) throw new ChatError('noConversation', 404);
    const issued = await linkCodes.issue(own.conversationId, 'web');
    if (issued === null) throw new ChatError('manyCodes', 429);
    const { code, expiresAt } = issued;
    const targets: LinkCodeAnswer['targets'] = [];
    for (const { channel, url, carriesCode } of issued.targets) {
      if (!isMessenger(channel)) continue;
      targets.push({ channel, url, carriesCode, qr: await drawQr(url) });
    }
    const answer: LinkCodeAnswer = { code, holds: expiresAt - now(), targets };
    return reply.code(201).header('cache-control', 'no-store').send(answer);
  });
}
