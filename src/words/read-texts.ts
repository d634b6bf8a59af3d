import { readFileSync } from 'node:fs';

/** A file of texts cannot be read; `message` names it and the place. */
class TextsError extends Error {
  readonly code = 'texts';
}

/**
 * A file of texts, as it stands.
 * @throws TextsError that says where it is no JSON
 */
export function readTexts(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TextsError(
      `${file} is no JSON: ${error.message}. Look there for a comma or a quotation mark that is ` +
        'missing or too many.',
    );
  }
}
