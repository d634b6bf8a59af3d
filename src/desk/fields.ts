import { z } from 'zod';
import { isGuessable } from './guessable.ts';
import { ROLES, SHORTEST_PASSWORD } from './wire/people.ts';

// The fields that several requests share. Messages are codes of errors.ts.

const NameSchema = z
  .string('nameNeeded')
  .trim()
  .min(1, 'nameNeeded')
  .max(80, 'nameNeeded')
  .regex(/^\P{Cc}+$/u, 'nameNeeded');

const LoginSchema = z
  .string('loginShape')
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{1,62}$/, 'loginShape');

/** Counted as people count: one letter with its marks is one. */
const PasswordSchema = z
  .string('passwordShort')
  .normalize('NFC')
  .refine((password) => [...password].length >= SHORTEST_PASSWORD, 'passwordShort')
  .max(200, 'passwordLong');

const account = { name: NameSchema, login: LoginSchema, password: PasswordSchema };
const hardToGuess = { message: 'passwordGuessable', path: ['password'] };

export const SetupSchema = z
  .object({ token: z.string().max(200), ...account })
  .refine((person) => !isGuessable(person.password, person), hardToGuess);

export const NewAgentSchema = z
  .object({ ...account, role: z.enum(ROLES) })
  .refine((person) => !isGuessable(person.password, person), hardToGuess);

/** What an admin changes of somebody else. */
export const ChangedAgentSchema = z.object({
  role: z.enum([...ROLES, 'left']),
  password: PasswordSchema.optional(),
});

export const OwnPasswordSchema = z.object({
  current: z.string().max(1000),
  password: PasswordSchema,
});

/** Whatever was typed is tried; what cannot be right is simply wrong. */
export const SignInSchema = z.object({
  login: z.string().trim().toLowerCase().max(200),
  password: z.string().max(1000),
});
