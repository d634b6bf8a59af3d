import { stripVTControlCharacters, styleText } from 'node:util';
import { type Bindings, type ChildLoggerOptions, type Logger, pino } from 'pino';

/** Keys whose value never reaches a log, wherever they stand. */
const HIDDEN_KEY =
  /token|secret|passw|cookie|authoriz|csrf|sadp|verificationcode|(api|private|secret|crypto)[-_]?key|(first|last|display|account|person)[-_]?name/i;
const HIDDEN = '[hidden]';
const DEEPEST = 6;
const LONGEST_LIST = 50;

/** Where lines go: standard output, or a test's list. */
export interface LogTarget {
  isTTY?: boolean | undefined;
  write(line: string): unknown;
}

interface ShownError {
  type: string;
  message: string;
  code?: unknown;
  stack?: string | undefined;
  cause?: unknown;
}

/** An error without its other properties: libraries hang requests, and so secrets, on them. */
function showError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return reduce(error, depth);
  const shown: ShownError = { type: error.name, message: error.message, stack: error.stack };
  if ('code' in error && error.code !== undefined) shown.code = reduce(error.code, depth);
  if (error.cause !== undefined && depth < DEEPEST) {
    shown.cause = showError(error.cause, depth + 1);
  }
  return shown;
}

/** The same value with secrets, bytes and endless parts taken out. */
function reduce(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return showError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= DEEPEST) return '[…]';
  if (Array.isArray(value)) {
    return value.slice(0, LONGEST_LIST).map((one) => reduce(one, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      HIDDEN_KEY.test(key) ? HIDDEN : reduce(one, depth + 1),
    ]),
  );
}

/** `req`, `res` and `err` are whole objects of the platform: their serializers pick from them. */
function reduceFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      if (key === 'req' || key === 'res' || key === 'err') return [key, value];
      return [key, HIDDEN_KEY.test(key) ? HIDDEN : reduce(value, 0)];
    }),
  );
}

/** Without the query, which may carry what a person typed. */
function showRequest(request: { method?: string; url?: string; ip?: string }) {
  return { method: request.method, path: request.url?.split('?')[0], from: request.ip };
}

function showResponse(response: { statusCode?: number }) {
  return { status: response.statusCode };
}

/** Replaces known secrets in a finished line, as they stand, in JSON and in URLs. */
function scrubber(secrets: readonly string[]): (line: string) => string {
  const written = secrets
    .filter((secret) => secret.length >= 6)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const spellings = [...new Set(written)].sort((a, b) => b.length - a.length);
  return (line) => spellings.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), line);
}

const COLOURS = { error: 'red', fatal: 'red', warn: 'yellow', info: 'green' } as const;

/** Text from outside must not steer the terminal. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}+/gu, ' ');
}

/** A line of JSON as a person at a terminal reads it. */
function readable(json: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const name = String(level);
  const colour = name in COLOURS ? COLOURS[name as keyof typeof COLOURS] : 'gray';
  const clock = new Date(String(time)).toLocaleTimeString('en-GB');
  const rest = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const head = [styleText('gray', clock), styleText(colour, name.padEnd(5))].join(' ');
  const body = plain([String(msg ?? ''), ...rest].filter(Boolean).join('  '));
  const stack = (err as { stack?: unknown } | undefined)?.stack;
  const trace = typeof stack === 'string' ? `\n${stack.split('\n').map(plain).join('\n')}` : '';
  return `${head} ${body}${trace}\n`;
}

/**
 * The log of the process: lines of JSON, or of text when a person watches a terminal. Secrets are
 * kept out three times: by key, by picking what an error or a request shows, and by value.
 * @param secrets values that must never be printed, such as tokens from the environment
 */
export function createLog(
  options: { level: string; secrets?: readonly string[] },
  target: LogTarget = process.stdout,
): Logger {
  const log = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: reduceFields,
      },
      serializers: { err: showError, req: showRequest, res: showResponse },
      hooks: { streamWrite: scrubber(options.secrets ?? []) },
    },
    target.isTTY ? { write: (line) => target.write(readable(line)) } : target,
  );
  // pino applies no formatter to the fields of a child; its own children inherit this method.
  const { child } = log;
  return Object.assign(log, {
    child(this: Logger, fields: Bindings, childOptions?: ChildLoggerOptions) {
      return Reflect.apply(child, this, [reduceFields(fields), childOptions]);
    },
  });
}
