import type { z } from 'zod';
import { type HttpError, ServerError } from './errors.ts';

/** Makes the error for a field that does not fit. `message` is the schema's own word for it. */
type Refuse = (field: string, message: string) => HttpError;

const badRequest: Refuse = (field) => new ServerError('badRequest', 400, { field });

/**
 * A request's body, parameters or query through a schema.
 * @param refuse makes the error from the first thing that does not fit
 * @throws HttpError 400 that names the field, never its content
 */
export function parse<T extends z.ZodType>(
  schema: T,
  input: unknown,
  refuse: Refuse = badRequest,
): z.infer<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refuse(issue?.path.join('.') || '-', issue?.message ?? '');
}
