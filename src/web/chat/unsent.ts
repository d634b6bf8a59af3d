import * as z from 'zod/mini';
import type { Outgoing } from './conversation.ts';

const DATABASE = 'chat';
const TABLE = 'unsent';

const FileSchema = z.instanceof(File);
const UnsentSchema = z.object({
  id: z.uuid(),
  at: z.int(),
  what: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string(), silent: z.optional(z.boolean()) }),
    z.object({ type: z.literal('choice'), token: z.string(), label: z.string() }),
    z.object({ type: z.literal('photos'), files: z.array(FileSchema), caption: z.string() }),
    z.object({ type: z.literal('file'), file: FileSchema }),
  ]),
});

/** What the server has not confirmed yet. */
export interface Unsent {
  id: string;
  at: number;
  what: Outgoing;
}

/** Where unsent messages outlive the page. */
export interface UnsentMessages {
  keep(one: Unsent): Promise<void>;
  forget(id: string): Promise<void>;
  /** In the order of writing. */
  all(): Promise<Unsent[]>;
}

/**
 * Unsent messages in IndexedDB, photos and files with their bytes. Where a browser has none to
 * give, or no room, messages live as long as the page.
 */
export class KeptUnsent implements UnsentMessages {
  /** One after the other: what is forgotten at once must not be kept after that. */
  #last: Promise<unknown> = Promise.resolve();

  async keep(one: Unsent): Promise<void> {
    await this.#run('readwrite', (table) => table.put(one));
  }

  async forget(id: string): Promise<void> {
    await this.#run('readwrite', (table) => table.delete(id));
  }

  async all(): Promise<Unsent[]> {
    const rows = await this.#run<unknown[]>('readonly', (table) => table.getAll());
    if (rows === undefined) return [];
    const unsent = rows.flatMap((row) => {
      const read = UnsentSchema.safeParse(row);
      return read.success ? [read.data as Unsent] : [];
    });
    return unsent.sort((a, b) => a.at - b.at);
  }

  /** @returns what was asked for, or undefined when the browser keeps nothing */
  #run<T>(
    mode: IDBTransactionMode,
    ask: (table: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | undefined> {
    const answer = this.#last.then(async () => {
      const database = await open();
      try {
        const transaction = database.transaction(TABLE, mode);
        const asked = ask(transaction.objectStore(TABLE));
        await ended(transaction);
        return asked.result;
      } finally {
        database.close();
      }
    });
    this.#last = answer.catch(() => undefined);
    return answer.catch(() => undefined);
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(request.error);
  });
}

/** A transaction is kept when it is complete, not when its request has succeeded. */
function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
