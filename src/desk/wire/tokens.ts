import * as z from 'zod/mini';
import { nullableText } from './common.ts';

/** What a token of the operators' programs may be good for. */
export const SCOPES = [
  'cases:read',
  'cases:export',
  'deadLetters:read',
  'deadLetters:send',
] as const;

const TokenSchema = z.object({
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.int(),
  /** The admin's name; null where it was made by a command. */
  createdBy: nullableText,
  /** Null = until it is withdrawn. */
  expiresAt: z.nullable(z.int()),
});
export type TokenView = z.infer<typeof TokenSchema>;

/** Answer of GET /api/desk/tokens. `now` is the server's clock. */
export const TokensSchema = z.object({ now: z.int(), tokens: z.array(TokenSchema) });

/** Answer of POST /api/desk/tokens: the token, this once. */
export const NewTokenSchema = z.object({ token: z.string() });
