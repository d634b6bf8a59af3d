import { StoreError, type StoreErrorCode } from '../errors.ts';

type Meaning = [StoreErrorCode, string];

const NO_SERVER: Meaning = [
  'unusable',
  'PostgreSQL cannot be reached; check that it runs and that DATABASE_URL leads to it.',
];
const NOT_LET_IN: Meaning = [
  'cannotOpen',
  'PostgreSQL does not let this assistant in; check user, password and database in DATABASE_URL.',
];

/** SQLSTATEs as far as they mean something of their own here; by their class where that says enough. */
const MEANING: Record<string, Meaning> = {
  '08': NO_SERVER,
  '23': ['conflict', 'The row is there already, or belongs to one that is not.'],
  '25006': ['unusable', 'PostgreSQL takes no writing here; DATABASE_URL must lead to the primary.'],
  '28': NOT_LET_IN,
  '3D': NOT_LET_IN,
  '40': ['busy', 'Others were at the same rows again and again.'],
  '42501': [
    'unusable',
    'The user in DATABASE_URL may not do this; make it the owner of the tables.',
  ],
  '53100': ['full', 'The disk of PostgreSQL is full; make room.'],
  '53200': ['unusable', 'PostgreSQL is out of memory.'],
  '53300': ['busy', 'PostgreSQL takes no more connections; raise max_connections or stop others.'],
  '55P03': ['busy', 'Another program holds rows that this one waits for.'],
  '57014': ['busy', 'PostgreSQL took too long.'],
  '57P': NO_SERVER,
  '58': [
    'unusable',
    "PostgreSQL's disk did not do its work; check it, and the space that is left.",
  ],
  XX001: ['damaged', 'The database is damaged; stop the assistant and put a copy back.'],
  XX002: ['damaged', 'The database is damaged; stop the assistant and put a copy back.'],
};

/** What Node and the driver say when there is nobody to talk to, or no answer comes. */
const NO_CONNECTION =
  /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|terminated|timeout|not queryable/i;

const CLOSED = /after calling end on the pool/;

/** SQLSTATE of an error, or null for one that is not the server's. */
function stateOf(cause: unknown): string | null {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

function meaningOf(cause: unknown): Meaning {
  const state = stateOf(cause);
  const known =
    state && (MEANING[state] ?? MEANING[state.slice(0, 3)] ?? MEANING[state.slice(0, 2)]);
  if (known) return known;
  // A refused connection to several addresses is an AggregateError with nothing but a code.
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const said = cause instanceof Error ? `${code} ${cause.message}` : '';
  if (state === null && NO_CONNECTION.test(said)) return NO_SERVER;
  return ['failed', 'The store could not do this; the cause says more.'];
}

/**
 * What the driver threw, as an error of the store. The server's `detail` quotes values of rows, and
 * a log would print it: it goes.
 */
export function asStoreError(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  if (cause instanceof Error && CLOSED.test(cause.message)) {
    return new StoreError('closed', 'The store is closed.', { cause });
  }
  const [code, message] = meaningOf(cause);
  return new StoreError(code, message, { cause: withoutValues(cause) });
}

function withoutValues(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  for (const name of ['detail', 'where', 'internalQuery', 'hint'])
    Reflect.deleteProperty(cause, name);
  return cause;
}

/** Others were faster: the same again may well succeed. */
export function isCollision(cause: unknown): boolean {
  return ['40001', '40P01', '23505'].includes(stateOf(cause) ?? '');
}
