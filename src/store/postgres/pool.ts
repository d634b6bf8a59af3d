import { Client, type ClientConfig, Pool, TypeOverrides, types } from 'pg';

/** Connections of one process beside the one it beats on. */
const MOST_CONNECTIONS = 8;
/** How long what is waited for, in ms. */
export interface Times {
  /** A server that takes connections. */
  connect: number;
  /** Its answer to one statement; 0 = for ever. */
  answer: number;
  /** How often a process shows that it lives, and without that for how long it is believed. */
  beat: number;
  lives: number;
}

export const TIMES: Times = { connect: 5_000, answer: 10_000, beat: 3_000, lives: 15_000 };

/** Our whole numbers are times and counts, far below 2^53. */
function wholeNumbers(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, Number);
  return overrides;
}

function settings(url: string, times: Times): ClientConfig {
  return {
    connectionString: url,
    application_name: 'unbinding-assistant',
    connectionTimeoutMillis: times.connect,
    query_timeout: times.answer,
    // The server gives up too, so that what we no longer wait for does not happen much later.
    statement_timeout: times.answer,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: wholeNumbers(),
  };
}

/** Connections for statements. A connection that breaks is replaced when it is next wanted. */
export function createPool(url: string, times: Times): Pool {
  const pool = new Pool({ ...settings(url, times), max: MOST_CONNECTIONS });
  // An idle connection that breaks harms nobody, but unheard it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** A connection of its own, for what belongs to a session. */
export function createClient(url: string, times: Times): Client {
  return new Client(settings(url, times));
}
