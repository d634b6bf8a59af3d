import type { StoreError } from './errors.ts';

/**
 * The same functions, rejecting with StoreErrors only. They run to their first `await` at once, so
 * what needs no await stays synchronous inside.
 */
export function guarded<T extends object>(
  part: T,
  asStoreError: (cause: unknown) => StoreError,
): T {
  const entries = Object.entries(part).map(([name, work]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await work(...args);
      } catch (error) {
        throw asStoreError(error);
      }
    },
  ]);
  return Object.fromEntries(entries) as T;
}
