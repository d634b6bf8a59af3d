/**
 * A Vietnamese phone number as Zalo's templates take it: 84 and nine or ten digits, without a plus.
 * Null for anything else.
 */
export function cleanPhone(text: string): string | null {
  const digits = text.replace(/[\s().+-]/g, '');
  const national = /^(?:84|0)(\d{9,10})$/.exec(digits)?.[1];
  return national ? `84${national}` : null;
}
