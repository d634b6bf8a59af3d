import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ChatError } from './errors.ts';
import { knownChat } from './identity.ts';
import type { RequestLimits } from './options.ts';

// An address may stand for a whole office behind one router, hence the distance between the two.
export const MESSAGES: RequestLimits = { perChat: 120, perAddress: 600 };
/** A page tells of it every three seconds at most. */
export const TYPING: RequestLimits = { perChat: 30, perAddress: 600 };
export const UPLOADS: RequestLimits = { perChat: 20, perAddress: 120 };

/** Takes the request or throws a ChatError `tooFast`. */
export type Gate = (request: FastifyRequest) => Promise<void>;

/** Prepares the counters in this scope; `makeGate` is for afterwards. */
export async function registerLimits(scope: FastifyInstance): Promise<void> {
  await scope.register(rateLimit, { global: false });
}

/** A gate with counters of its own, over a minute. */
export function makeGate(scope: FastifyInstance, limits: RequestLimits): Gate {
  const byAddress = scope.createRateLimit({ max: limits.perAddress, timeWindow: 60_000 });
  const byChat = scope.createRateLimit({
    max: limits.perChat,
    timeWindow: 60_000,
    keyGenerator: (request) => knownChat(request) ?? request.ip,
  });
  return async (request) => {
    for (const count of [byAddress, byChat]) {
      const seen = await count(request);
      if (!seen.isAllowed && seen.isExceeded) {
        throw new ChatError('tooFast', 429, { retryAfter: seen.ttlInSeconds });
      }
    }
  };
}
