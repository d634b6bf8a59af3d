import { readFile, rename } from 'node:fs/promises';
import { writeOnce } from './write-once.ts';

/**
 * Writes a file that only this user may read. Another one that is there is kept beside it.
 * @returns where that one is now, or null when there was none or it had the same content
 */
export async function replaceFile(path: string, content: string): Promise<string | null> {
  const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (before === content) return null;
  const aside = before === null ? null : `${path}.before-restore`;
  if (aside !== null) await rename(path, aside);
  await writeOnce(path, content);
  return aside;
}
