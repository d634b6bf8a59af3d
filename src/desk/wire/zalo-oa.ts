import * as z from 'zod/mini';
import { nullableText } from './common.ts';

/** Answer of GET /api/desk/zalo-oa: how the Official Account is connected. */
export const ZaloOaSchema = z.object({
  /** False when the server has no settings of an account. */
  configured: z.boolean(),
  /** `ending`: the consent ends within weeks. `refused`: Zalo takes it no more. */
  state: z.enum(['notConnected', 'connected', 'ending', 'refused']),
  oaId: nullableText,
  /** When the consent ends, unless it is renewed before. */
  endsAt: z.nullable(z.number()),
  /** Until when messages go out. */
  accessEndsAt: z.nullable(z.number()),
  canConnect: z.boolean(),
});
export type ZaloOaView = z.infer<typeof ZaloOaSchema>;

/** Answer of POST /api/desk/zalo-oa/connect: where the admin consents. */
export const ConsentSchema = z.object({ url: z.string() });
