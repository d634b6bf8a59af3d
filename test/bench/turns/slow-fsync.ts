import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Compiles the shim that gives every fsync the same price, so that runs on different disks compare.
 * @returns the library's path; null without a C compiler, or elsewhere than on Linux
 */
function buildSlowFsync(): string | null {
  if (process.platform !== 'linux') return null;
  const library = join(mkdtempSync(join(tmpdir(), 'slow-fsync-')), 'slow-fsync.so');
  const source = resolve(import.meta.dirname, 'slow-fsync.c');
  const { status } = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source]);
  return status === 0 ? library : null;
}

/**
 * Runs a measurement again under the shim, in a process of its own; its arguments but `--fsync-ms`
 * are the same. RAM disks are used there, so that nothing but the price counts.
 * @returns false when there is no shim, or none is wanted: then the caller measures as it is
 */
export function rerunWithSlowFsync(name: string, ms: number, args: readonly string[]): boolean {
  if (ms <= 0 || process.env.LD_PRELOAD) return false;
  const library = buildSlowFsync();
  if (!library) {
    console.log('No C compiler for the shim here: fsync costs what it costs.');
    return false;
  }
  const script = resolve(import.meta.dirname, '../../../scripts/bench.ts');
  const rest = args.filter((arg) => !arg.startsWith('--fsync-ms'));
  const env = {
    ...process.env,
    LD_PRELOAD: library,
    FSYNC_US: String(ms * 1000),
    ...(existsSync('/dev/shm') ? { TMPDIR: '/dev/shm' } : {}),
  };
  spawnSync(process.execPath, [script, name, ...rest], { env, stdio: 'inherit' });
  return true;
}

/** In words, what an fsync of this process costs. */
export function fsyncCosts(): string {
  const { LD_PRELOAD, FSYNC_US } = process.env;
  return LD_PRELOAD && FSYNC_US ? `${Number(FSYNC_US) / 1000} ms each` : 'as the disk';
}
