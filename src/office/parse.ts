import { type Book, BookSchema } from './book.ts';

const MOST_LISTED = 8;

/** The office book on disk is not fit for use. The message names the place inside it and why. */
export class OfficeBookError extends Error {
  readonly code = 'officeBook';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OfficeBookError';
  }
}

/** `["holidays", 3, "date"]` -> `holidays[3].date`. */
function place(path: readonly PropertyKey[]): string {
  const written = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  return written.replace(/^\./, '') || 'the whole file';
}

/**
 * Reads the text of an office book.
 * @throws {OfficeBookError} a sentence with each wrong place and its reason
 */
export function parseBook(text: string): Book {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const where = /line \d+ column \d+/.exec(String(cause))?.[0].replace(' column', ', column');
    throw new OfficeBookError(
      where
        ? `${where}: this is not JSON; look for a missing comma or quote, or one too many`
        : 'this is not JSON; the file is empty or ends too early',
      { cause },
    );
  }
  const parsed = BookSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const listed = issues.slice(0, MOST_LISTED).map((one) => `${place(one.path)}: ${one.message}`);
  if (issues.length > listed.length) listed.push(`and ${issues.length - listed.length} more`);
  throw new OfficeBookError(listed.join('; '));
}
