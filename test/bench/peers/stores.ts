import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { KeyValue } from './peer.ts';

/** A value a row, each save a transaction that is on the disk when it returns. */
export class SqliteValues implements KeyValue {
  readonly #database: DatabaseSync;
  readonly #read;
  readonly #write;
  readonly #delete;

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(`pragma journal_mode = wal; pragma synchronous = full;
      create table if not exists state (key text primary key, value text not null) without rowid`);
    this.#read = this.#database.prepare('select value from state where key = ?');
    this.#write = this.#database.prepare(
      `insert into state (key, value) values (?, ?)
       on conflict (key) do update set value = excluded.value`,
    );
    this.#delete = this.#database.prepare('delete from state where key = ?');
  }

  read(key: string): string | undefined {
    return this.#read.get(key)?.value as string | undefined;
  }

  write(key: string, value: string): void {
    this.#write.run(key, value);
  }

  delete(key: string): void {
    this.#delete.run(key);
  }

  close(): void {
    this.#database.close();
  }
}

/** A file a value, for frameworks that bring no file storage of their own. Nothing is synced. */
export class FileValues implements KeyValue {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(key: string): Promise<string | undefined> {
    const path = this.#path(key);
    return existsSync(path) ? readFile(path, 'utf8') : undefined;
  }

  async write(key: string, value: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeFile(this.#path(key), value);
  }

  async delete(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  #path(key: string): string {
    return join(this.#folder, createHash('sha256').update(key).digest('hex'));
  }
}
