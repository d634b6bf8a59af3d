import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Compiles the shim that gives every fsync the same price, so that runs on different disks compare.
 * @returns the library's path; null without a C compiler, or elsewhere than on Linux
 */
export function buildSlowFsync(): string | null {
  if (process.platform !== 'linux') return null;
  const library = join(mkdtempSync(join(tmpdir(), 'slow-fsync-')), 'slow-fsync.so');
  const source = resolve(import.meta.dirname, 'slow-fsync.c');
  const { status } = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source]);
  return status === 0 ? library : null;
}
