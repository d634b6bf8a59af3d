/**
 * A button's token: what it belongs to, of which revision, and what it says. Compact, because the
 * smallest platform takes 64 bytes.
 */
export interface Token {
  /** A form's id, or '-' for a button that belongs to no form. */
  form: string;
  /** A slot's name, or a pattern's. */
  of: string;
  revision: number;
  value: string;
}

export function writeToken(token: Token): string {
  return `${token.form}.${token.of}.${token.revision.toString(36)}.${token.value}`;
}

/** Null for anything this assistant did not write. */
export function readToken(text: string): Token | null {
  const match = /^(-|f\d{1,6})\.([a-zA-Z]{1,20})\.([0-9a-z]{1,8})\.([A-Za-z0-9_-]{1,30})$/.exec(
    text,
  );
  if (!match) return null;
  const [, form, of, revision, value] = match;
  if (!form || !of || !revision || !value) return null;
  return { form, of, revision: Number.parseInt(revision, 36), value };
}

/** Whether a button means the same at every time, so that it may be pressed again. */
export function isLasting(token: string): boolean {
  return token.startsWith('-.');
}
