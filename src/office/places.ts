import { join } from 'node:path';
import { DataFile } from 'lowdb/node';
import type { Store } from '../store/contract.ts';
import type { Book } from './book.ts';
import { defaultBook } from './defaults.ts';
import { OfficeBookError, parseBook } from './parse.ts';

/** The book as people edit it, in the storage folder. */
export const BOOK_FILE = 'office.json';
/** The book as processes share it. */
export const BOOK_DOCUMENT = 'officeBook';

export type Documents = Pick<Store, 'document' | 'putDocument' | 'offerDocument'>;

/** Where the book lies. */
export interface Place {
  /** For people. */
  name: string;
  /** Null when there is no book. */
  read(): Promise<Book | null>;
  write(book: Book): Promise<void>;
}

function textOf(book: Book): string {
  return `${JSON.stringify(book, null, 2)}\n`;
}

/** `office.json` in a folder, for people to edit. */
export function fileIn(dir: string): Place {
  let found = false;
  const file = new DataFile<Book>(join(dir, BOOK_FILE), {
    parse: (text) => {
      found = true;
      return parseBook(text);
    },
    stringify: textOf,
  });
  return {
    name: join(dir, BOOK_FILE),
    async read() {
      found = false;
      const book = await file.read();
      return found ? book : null;
    },
    write: (book) => file.write(book),
  };
}

/** One row for all processes. */
export function rowIn(documents: Documents): Place {
  return {
    name: 'The office book in the database',
    async read() {
      const text = await documents.document(BOOK_DOCUMENT);
      return text === null ? null : parseBook(text);
    },
    write: (book) => documents.putDocument(BOOK_DOCUMENT, textOf(book), false),
  };
}

/**
 * The book as it lies there at the start.
 * @throws {OfficeBookError}
 */
export async function firstReading(place: Place): Promise<Book | null> {
  try {
    return await place.read();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new OfficeBookError(
      `${place.name} cannot be used: ${why}. Mend it, or move it away to start with the defaults.`,
      { cause },
    );
  }
}

/** Puts a first book into the row. Offered: of processes that start at once, one writes it. */
export async function offerFirst(documents: Documents, dir: string): Promise<void> {
  if ((await documents.document(BOOK_DOCUMENT)) !== null) return;
  const first = (await firstReading(fileIn(dir))) ?? defaultBook();
  await documents.offerDocument(BOOK_DOCUMENT, textOf(first), false);
}

/** The book in the row, as text for people. */
export async function printShared(documents: Documents): Promise<string> {
  return (await documents.document(BOOK_DOCUMENT)) ?? textOf(defaultBook());
}

/** @throws {OfficeBookError} the text is no book; then the one in the row stays */
export async function putShared(documents: Documents, text: string): Promise<void> {
  await documents.putDocument(BOOK_DOCUMENT, textOf(parseBook(text)), false);
}
