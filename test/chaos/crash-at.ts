import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest, ServerResponse } from 'node:http';
import { DatabaseSync, type StatementResultingChanges } from 'node:sqlite';
import { Client } from 'pg';
import type { CrashPoint } from './crash-points.ts';

/**
 * Loaded before the assistant (`node --import`), ends its process as a power cut would, at the n-th
 * time that a named point is passed: `CRASH_AT=afterCommit:7`.
 *
 * - `beforeCommit`: everything is written, nothing is durable; with PostgreSQL the writing is on its
 *   way, and nobody here will ever know what became of it.
 * - `afterCommit`: durable, and nobody has been told.
 * - `afterAnswer`: the answer to a request has been handed to the system.
 * - `afterSend`: a messenger has taken a message, and nothing of it is written down.
 *
 * Around a case that goes to a server of its own (SQLite):
 * - `beforeOpening`, `afterOpening`: the commit that opens it.
 * - `beforeAsk`, `asked`, `afterAsk`: its submission begins, has left, has its answer.
 * - `beforeTaken`, `afterTaken`: the commit of the answer.
 *
 * Transactions count when they hold a turn or open a case.
 */

const [point, count] = (process.env.CRASH_AT ?? '').split(':');
let left = Number(count);

function pass(name: CrashPoint): void {
  if (name !== point) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Whether the transaction has a turn or a case in it: the others promise nobody anything. */
let matters = false;
/** Whether it opens a case, and whether one that was taken elsewhere waits to be written down. */
let opens = false;
let answered = false;

const { prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string, ...rest) {
  const statement = prepare.call(this, sql, ...rest);
  const what = /^(begin|commit|insert into (?:seen|cases))\b/i.exec(sql.trim())?.[1];
  if (what === undefined) return statement;
  const run = statement.run.bind(statement) as (...values: unknown[]) => StatementResultingChanges;
  const listening = (...values: unknown[]): StatementResultingChanges => {
    const commits = what === 'commit' && matters;
    const takes = commits && answered;
    if (commits) pass('beforeCommit');
    if (commits && opens) pass('beforeOpening');
    if (takes) pass('beforeTaken');
    const result = run(...values);
    if (commits) pass('afterCommit');
    if (commits && opens) pass('afterOpening');
    if (takes) pass('afterTaken');
    if (takes) answered = false;
    if (what === 'begin' || what === 'commit') matters = opens = false;
    else matters = true;
    if (what.endsWith('cases')) opens = true;
    return result;
  };
  statement.run = listening as typeof statement.run;
  return statement;
};

/** A statement of PostgreSQL that promises somebody something. */
function promises(query: unknown): boolean {
  if (typeof query === 'string') return query.includes('open_case_1');
  if (typeof query !== 'object' || query === null) return false;
  const { name, values } = query as { name?: unknown; values?: unknown[] };
  return name === 'commit' && values?.[0] !== '[]';
}

const { query } = Client.prototype;
Client.prototype.query = function (this: Client, ...args: unknown[]) {
  const told = args.at(-1);
  if (!promises(args[0]) || typeof told !== 'function') return Reflect.apply(query, this, args);
  args[args.length - 1] = (...answer: unknown[]) => {
    pass('afterCommit');
    told(...answer);
  };
  const sent = Reflect.apply(query, this, args);
  setImmediate(() => pass('beforeCommit'));
  return sent;
} as typeof query;

/** A submission on its way, as Node's fetch tells of it. */
function isSubmission(message: unknown): boolean {
  const { request } = message as { request: { method: string; path: string } };
  return request.method === 'POST' && request.path === '/cases';
}
subscribe('undici:request:create', (message) => {
  if (isSubmission(message)) pass('beforeAsk');
});
subscribe('undici:request:bodySent', (message) => {
  if (isSubmission(message)) pass('asked');
});
subscribe('undici:request:headers', (message) => {
  if (!isSubmission(message)) return;
  answered = true;
  pass('afterAsk');
});

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function (this: ServerResponse, ...values: unknown[]) {
  const ended = Reflect.apply(end, this, values) as ServerResponse;
  if (this.req.method === 'POST') setImmediate(() => pass('afterAnswer'));
  return ended;
};

const { emit } = ClientRequest.prototype;
ClientRequest.prototype.emit = function (this: ClientRequest, ...values: unknown[]) {
  if (values[0] === 'response' && this.path.endsWith('/sendMessage')) pass('afterSend');
  return Reflect.apply(emit, this, values) as boolean;
};
