import { z } from 'zod';
import { ROLES, SHORTEST_PASSWORD } from './wire.ts';

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

const PasswordSchema = z
  .string('passwordShort')
  .min(SHORTEST_PASSWORD, 'passwordShort')
  .max(200, 'passwordLong');

const account = { name: NameSchema, login: LoginSchema, password: PasswordSchema };

const unlikeLogin = {
  message: 'passwordIsLogin',
  path: ['password'],
};
function differs({ login, password }: { login: string; password: string }): boolean {
  return password.toLowerCase() !== login;
}

export const SetupSchema = z
  .object({ token: z.string().max(200), ...account })
  .refine(differs, unlikeLogin);

export const NewAgentSchema = z
  .object({ ...account, role: z.enum(ROLES) })
  .refine(differs, unlikeLogin);

/** Whatever was typed is tried; what cannot be right is simply wrong. */
export const SignInSchema = z.object({
  login: z.string().trim().toLowerCase().max(200),
  password: z.string().max(1000),
});
