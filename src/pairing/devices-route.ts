import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LanScanSchema } from '../domain/lan-scan.ts';
import { parse } from '../server/parse.ts';
import { hashOf } from './codes.ts';
import { PairingError } from './errors.ts';
import type { PairingOptions } from './options.ts';

/** A list of 256 devices with every field at its longest has about 130 KB. */
const MAX_BODY = 160 * 1024;
/** With 37 bits in a code, guessing at this pace from one address takes ten thousand years. */
const PER_MINUTE = 20;

const BodySchema = z.object({ code: z.string().max(40), scan: LanScanSchema });

/**
 * POST /api/lan/devices { code, scan }: what a scanner sees, for the conversation that gave the
 * code out. 202 after the commit. A code counts once, whoever sends it; the same scan may repeat
 * its request, when the answer got lost.
 */
export async function devicesRoute(app: FastifyInstance, options: PairingOptions): Promise<void> {
  const { store, accept, now = Date.now, perMinute = PER_MINUTE } = options;
  await app.register(rateLimit, { global: false });
  const count = app.createRateLimit({ max: perMinute, timeWindow: 60_000 });
  const gate = async (request: FastifyRequest) => {
    const seen = await count(request);
    if (seen.isAllowed || !seen.isExceeded) return;
    const seconds = seen.ttlInSeconds;
    throw new PairingError('tooFast', 429, { seconds }, { retryAfter: seconds });
  };

  app.post('/api/lan/devices', { bodyLimit: MAX_BODY, onRequest: gate }, async (request, reply) => {
    const body = parse(
      BodySchema,
      request.body,
      (field) => new PairingError('badList', 400, { field }),
    );
    const at = now();
    const codeHash = hashOf(body.code);
    // An unknown code, one that was used and one that is too old are told alike.
    const pairing = codeHash && (await store.claimPairing(codeHash, body.scan.scanId, at));
    if (!codeHash || !pairing) throw new PairingError('wrongCode', 404);
    const { channel, chatId, formId } = pairing;
    try {
      // The event's id makes a list count once, also when its first commit went unanswered.
      const eventId = `pairing:${codeHash}`;
      const { scan } = body;
      await accept({ eventId, at, channel, chatId, type: 'devicesScanned', formId, scan });
    } catch (cause) {
      throw new PairingError('notKept', 503, {}, { cause, retryAfter: 5 });
    }
    return reply.code(202).header('cache-control', 'no-store').send({ kept: true });
  });
}
