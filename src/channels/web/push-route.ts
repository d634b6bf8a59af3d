import { createECDH } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ChatError } from './errors.ts';
import { chatOf } from './identity.ts';
import type { Gate } from './limits.ts';
import type { WebChannelOptions } from './options.ts';
import { isPushService } from './push/push-services.ts';
import type { PushAnswer } from './wire.ts';

/** Browsers that one conversation notifies; a further one takes the oldest one's place. */
const MOST_BROWSERS = 10;

const EndpointSchema = z.string().max(1000).refine(isPushService);

/** True for a point of the curve, uncompressed: a wrong one would fail at every notification. */
function isPublicKey(text: string): boolean {
  if (!/^[\w-]{87}=?$/.test(text)) return false;
  const own = createECDH('prime256v1');
  own.generateKeys();
  try {
    own.computeSecret(text, 'base64url');
    return true;
  } catch {
    return false;
  }
}

const SubscriptionSchema = z.object({
  endpoint: EndpointSchema,
  keys: z.object({
    p256dh: z.string().refine(isPublicKey),
    auth: z.string().regex(/^[\w-]{22}(==)?$/),
  }),
});

/** /api/chat/push: the key to subscribe with, and this conversation's browsers that take notifications. */
export function pushRoutes(app: FastifyInstance, options: WebChannelOptions, gate: Gate): void {
  const { store, push } = options;

  app.get('/api/chat/push', async (request, reply) => {
    chatOf(request);
    await gate(request);
    const { publicKey } = push.keys;
    return reply.header('cache-control', 'no-store').send({ publicKey } satisfies PushAnswer);
  });

  app.post('/api/chat/push', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const body = SubscriptionSchema.safeParse(request.body);
    if (!body.success) throw new ChatError('noPush', 400);
    const conversation = await store.conversationByChat('web', chatId);
    if (conversation === null) throw new ChatError('noConversation', 404);
    const { conversationId } = conversation;
    await store.savePushSubscription(conversationId, body.data);
    const kept = await store.pushSubscriptions(conversationId);
    for (const { endpoint } of kept.slice(0, -MOST_BROWSERS)) {
      await store.dropPushSubscription(endpoint);
    }
    return reply.code(201).send({});
  });

  app.post('/api/chat/push/end', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const body = z.object({ endpoint: EndpointSchema }).safeParse(request.body);
    if (!body.success) throw new ChatError('noPush', 400);
    const conversation = await store.conversationByChat('web', chatId);
    const kept =
      conversation === null ? [] : await store.pushSubscriptions(conversation.conversationId);
    const own = kept.some(({ endpoint }) => endpoint === body.data.endpoint);
    if (own) await store.dropPushSubscription(body.data.endpoint);
    return reply.code(200).send({});
  });
}
