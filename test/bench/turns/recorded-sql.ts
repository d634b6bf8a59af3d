import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite';

type Method = 'run' | 'get' | 'all';

interface Call {
  sql: string;
  method: Method;
  values: SQLInputValue[];
}

/** Turns as the statements they were, and how many shared each transaction. */
export interface Recording {
  turns: Call[][];
  groups: number[];
}

const METHODS: readonly Method[] = ['run', 'get', 'all'];
/** The statement with which each turn begins. */
const FIRST = /^insert into seen\b/;

/**
 * Listens to every statement of this process while `work` runs. What stands in a transaction
 * before its first turn (finished effects) counts to that turn.
 */
export async function record(work: () => Promise<void>): Promise<Recording> {
  const recording: Recording = { turns: [], groups: [] };
  let group: Call[][] | null = null;
  let before: Call[] = [];
  const hear = (call: Call) => {
    if (/^begin\b/.test(call.sql)) {
      group = [];
      before = [];
    } else if (/^commit\b/.test(call.sql)) {
      if (group && group.length > 0) recording.groups.push(group.length);
      recording.turns.push(...(group ?? []));
      group = null;
    } else if (group && FIRST.test(call.sql)) {
      group.push([...before, call]);
      before = [];
    } else if (group) {
      (group.at(-1) ?? before).push(call);
    }
  };
  const originals = METHODS.map((method) => StatementSync.prototype[method]);
  for (const method of METHODS) {
    const original = StatementSync.prototype[method] as (...values: SQLInputValue[]) => unknown;
    const listening = function (this: StatementSync, ...values: SQLInputValue[]) {
      hear({ sql: this.sourceSQL, method, values });
      return original.apply(this, values);
    };
    Object.assign(StatementSync.prototype, { [method]: listening });
  }
  try {
    await work();
  } finally {
    METHODS.forEach((method, index) => {
      Object.assign(StatementSync.prototype, { [method]: originals[index] });
    });
  }
  return recording;
}

/**
 * Runs recorded turns again, and nothing else: the floor under anything that stores the same.
 * @param group turns in each transaction; as recorded when absent
 * @returns turns a second
 */
export function replay(path: string, recording: Recording, group?: number): number {
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  for (const turn of recording.turns) for (const { sql } of turn) prepared(sql);
  const [begin, commit] = [prepared('begin immediate'), prepared('commit')];
  const sizes = group === undefined ? recording.groups : null;
  const begun = performance.now();
  let at = 0;
  for (let index = 0; at < recording.turns.length; index += 1) {
    const until = Math.min(recording.turns.length, at + (sizes?.[index] ?? group ?? 1));
    begin.run();
    for (; at < until; at += 1) {
      for (const { sql, method, values } of recording.turns[at] ?? [])
        prepared(sql)[method](...values);
    }
    commit.run();
  }
  const seconds = (performance.now() - begun) / 1000;
  database.close();
  return recording.turns.length / seconds;
}
