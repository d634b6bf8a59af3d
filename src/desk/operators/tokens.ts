import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiTokenRow, Store } from '../../store/contract.ts';
import { hashToken, newToken } from '../token.ts';
import { SCOPES } from '../wire/tokens.ts';
import { OperatorError } from './errors.ts';

/** What a token may be good for. */
export const ScopeSchema = z.enum(SCOPES);
export type Scope = z.infer<typeof ScopeSchema>;

const DAY_MS = 86_400_000;

export const NewTokenSchema = z.object({
  name: z
    .string()
    .regex(
      /^[\w.-]{1,40}$/,
      'a name has 1 to 40 letters without diacritics, digits, ".", "_" or "-"',
    ),
  scopes: z
    .array(ScopeSchema)
    .min(1)
    .transform((scopes) => [...new Set(scopes)]),
  /** How long it is good for; null = until it is dropped. */
  days: z.int().min(1).max(3650).nullable(),
});

/**
 * Makes a token, which is shown once and kept as a hash.
 * @returns null when the name is taken
 */
export async function makeToken(
  store: Pick<Store, 'addApiToken' | 'audit'>,
  { name, scopes, days }: z.infer<typeof NewTokenSchema>,
  { by, now }: { by: string; now: number },
): Promise<string | null> {
  // The beginning lets scanners for leaked secrets know it.
  const token = `unbind_${newToken()}`;
  const added = await store.addApiToken({
    tokenHash: hashToken(token),
    name,
    scopes,
    createdAt: now,
    createdBy: by,
    expiresAt: days === null ? null : now + days * DAY_MS,
  });
  if (!added) return null;
  const detail = scopes.join(' ');
  await store.audit({ at: now, actor: by, action: 'token.create', subject: name, detail });
  return token;
}

/**
 * The token of a request, when it has the scope.
 * @throws OperatorError `noToken`, `noScope`
 */
export async function tokenFor(
  request: FastifyRequest,
  scope: Scope,
  store: Pick<Store, 'apiToken'>,
  now: number,
): Promise<ApiTokenRow> {
  const given = /^Bearer (unbind_[\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
  const token = given === undefined ? null : await store.apiToken(hashToken(given), now);
  if (token === null) throw new OperatorError('noToken');
  if (!token.scopes.includes(scope)) throw new OperatorError('noScope', { scope });
  return token;
}
