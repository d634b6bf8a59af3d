import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Book, BookSchema } from './book.ts';

const MOST_LISTED = 8;

/** The office book is not fit for use. The message names the place inside it and why. */
export class OfficeBookError extends Error {
  readonly code = 'officeBook';
  /** Entries that are wrong, such as `holidays[3].date`; empty when it is no JSON. */
  readonly places: readonly string[];

  constructor(message: string, options: ErrorOptions & { places?: readonly string[] } = {}) {
    super(message, options);
    this.name = 'OfficeBookError';
    this.places = options.places ?? [];
  }
}

/** `["holidays", 3, "date"]` -> `holidays[3].date`. */
function place(path: readonly PropertyKey[]): string {
  const written = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  return written.replace(/^\./, '') || 'the whole file';
}

/** Where the entries of a JSON text stand. YAML's reader is used, since every JSON text is one. */
function linesOf(text: string): (path: readonly PropertyKey[]) => string {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  return (path) => {
    // What is missing has no place of its own: the entry that should hold it stands in.
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = document.getIn(path.slice(0, depth), true) as { range?: [number] } | undefined;
      if (node?.range) return `line ${lines.linePos(node.range[0]).line}, `;
    }
    return '';
  };
}

function wrong(
  issues: readonly z.core.$ZodIssue[],
  lineOf: (path: readonly PropertyKey[]) => string,
): OfficeBookError {
  const listed = issues
    .slice(0, MOST_LISTED)
    .map(({ path, message }) => `${lineOf(path)}${place(path)}: ${message}`);
  if (issues.length > listed.length) listed.push(`and ${issues.length - listed.length} more`);
  return new OfficeBookError(listed.join('; '), { places: issues.map(({ path }) => place(path)) });
}

/** Where a text stops being JSON, as well as it can be told. */
function brokenAt(text: string, cause: unknown): string | null {
  const said = /line \d+ column \d+/.exec(String(cause))?.[0].replace(' column', ', column');
  if (said) return said;
  const [error] = parseDocument(text, { logLevel: 'silent' }).errors;
  const at = error?.linePos?.[0];
  return at ? `line ${at.line}, column ${at.col}` : null;
}

/**
 * Reads the text of an office book.
 * @throws {OfficeBookError} a sentence with the line, place and reason of each mistake
 */
export function parseBook(text: string): Book {
  const plain = text.replace(/^\uFEFF/, '');
  let json: unknown;
  try {
    json = JSON.parse(plain);
  } catch (cause) {
    const where = plain.trim() === '' ? null : brokenAt(plain, cause);
    throw new OfficeBookError(
      where
        ? `${where}: this is not JSON; look for a missing comma or quote, or one too many`
        : 'this is not JSON; the file is empty or ends too early',
      { cause },
    );
  }
  const parsed = BookSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw wrong(parsed.error.issues, linesOf(plain));
}

/**
 * Reads an office book that somebody filled in.
 * @throws {OfficeBookError} as above, without lines
 */
export function checkBook(book: unknown): Book {
  const parsed = BookSchema.safeParse(book);
  if (parsed.success) return parsed.data;
  throw wrong(parsed.error.issues, () => '');
}
