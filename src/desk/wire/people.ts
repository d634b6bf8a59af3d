import * as z from 'zod/mini';

export const ROLES = ['admin', 'agent', 'viewer'] as const;

/** Shortest password, in characters; NIST SP 800-63B where nothing else is asked for. */
export const SHORTEST_PASSWORD = 15;

export const PersonSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  login: z.string(),
  /** `left`: may no longer sign in. */
  role: z.enum([...ROLES, 'left']),
});
export type Person = z.infer<typeof PersonSchema>;

/** Answer of GET /api/desk/me, POST /api/desk/login and POST /api/desk/setup. */
export const MeSchema = z.object({
  agent: PersonSchema,
  /** Sent back as `x-csrf-token` with every request that changes something. */
  csrf: z.string(),
});
export type Me = z.infer<typeof MeSchema>;

/** Answer of GET /api/desk/me/telegram: the agents' Telegram group, and whether one acts there. */
export const GroupSchema = z.object({ configured: z.boolean(), linked: z.boolean() });
export type GroupView = z.infer<typeof GroupSchema>;

/** Answer of POST /api/desk/me/telegram/code: sent in the group once, before `expiresAt`. */
export const GroupCodeSchema = z.object({ code: z.string(), expiresAt: z.number() });
export type GroupCodeView = z.infer<typeof GroupCodeSchema>;

/** Answer of GET /api/desk/ways: how people may sign in beside a password. */
export const WaysSchema = z.object({ oidc: z.boolean() });

export const PeopleSchema = z.object({ agents: z.array(PersonSchema) });

/** Answer of POST /api/desk/invites: a link below this server, which works once. */
export const InviteSchema = z.object({ path: z.string(), expiresAt: z.int() });
