/** A table as both engines have it; its columns in the order in which rows hold their values. */
export interface Table {
  name: string;
  columns: readonly string[];
}

export type Value = null | number | bigint | string | Uint8Array;

/** A store that is read as it was at one moment, whoever writes meanwhile. */
export interface Source {
  count(table: Table): Promise<number>;
  /** In pieces of at most so many rows. */
  rows(table: Table, atATime: number): AsyncIterable<Value[][]>;
  /** The highest number that a row of this table ever had, where rows are numbered; or null. */
  lastNumber(table: Table): Promise<number | null>;
  /** Texts that processes share; as they lie there. */
  documents(): Promise<{ name: string; value: string }[]>;
  close(): Promise<void>;
}

/** An empty store that is filled: wholly with `keep`, or not at all. */
export interface Target {
  put(table: Table, rows: readonly Value[][]): Promise<void>;
  count(table: Table): Promise<number>;
  goOnAfter(table: Table, number: number): Promise<void>;
  putDocument(name: string, value: string): Promise<void>;
  keep(): Promise<void>;
  close(): Promise<void>;
}

/** Where a store lies. */
export type Whereabouts = { url: string } | { path: string };

export interface Progress {
  table: string;
  done: number;
  total: number;
}
