import { StoreError } from '../errors.ts';

export function refuseFilled(where: string): StoreError {
  return new StoreError(
    'conflict',
    `${where} has conversations, people or tokens already; give an empty one, or move that one away.`,
  );
}

export function wrongKey(where: string): StoreError {
  return new StoreError(
    'wrongKey',
    `${where} was written with another key. Give that one as SECRET_KEY, or put its secret.key back.`,
  );
}

export function wrongVersion(where: string): StoreError {
  return new StoreError(
    'otherVersion',
    `${where} was written by another version of the assistant. Use that version, or start this one ` +
      'once: it brings older tables up to date.',
  );
}
