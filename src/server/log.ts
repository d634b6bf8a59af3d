import type { FastifyBaseLogger } from 'fastify';

const LONGEST = 300;
/** Cookies and CSRF tokens have 43 characters, SADP strings 40 and more. */
const SECRET_LIKE = /[A-Za-z0-9+/=_-]{32,}/g;

interface LoggedError {
  name: string;
  code?: string;
  message: string;
  at: string[];
  cause?: LoggedError;
}

/**
 * An error as a log may hold it: long runs of token characters and all beyond 300 characters are
 * left out of the message, because a parser's message may quote what a person sent.
 */
function safeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error, message: '', at: [] };
  const code = (error as { code?: unknown }).code;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: error.message.slice(0, LONGEST).replace(SECRET_LIKE, '…'),
    at: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause instanceof Error && depth < 3
      ? { cause: safeError(error.cause, depth + 1) }
      : {}),
  };
}

/** A request or answer as a log may hold it: no address beyond its route, no header, no body. */
const nothing = () => undefined;

/** A logger whose lines about requests hold neither query strings, nor headers, nor bodies. */
export function withoutSecrets(log: FastifyBaseLogger): FastifyBaseLogger {
  return log.child({}, { serializers: { req: nothing, res: nothing, err: safeError } });
}
