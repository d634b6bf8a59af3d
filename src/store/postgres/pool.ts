import { Client, type ClientConfig, Pool, TypeOverrides, types } from 'pg';

/** Connections of one process beside the one it beats on. */
const MOST_CONNECTIONS = 8;
/** How long a server that does not answer is waited for. */
const CONNECT_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 10_000;

/** Our whole numbers are times and counts, far below 2^53. */
function wholeNumbers(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, Number);
  return overrides;
}

function settings(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'unbinding-assistant',
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    // The server gives up too, so that what we no longer wait for does not happen much later.
    statement_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: wholeNumbers(),
  };
}

/** Connections for statements. A connection that breaks is replaced when it is next wanted. */
export function createPool(url: string): Pool {
  const pool = new Pool({ ...settings(url), max: MOST_CONNECTIONS });
  // An idle connection that breaks harms nobody, but unheard it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** A connection of its own, for what belongs to a session. */
export function createClient(url: string): Client {
  return new Client(settings(url));
}
