import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Assistant } from '../e2e/assistant.ts';

/** Starts an assistant whose storage folder is a small disk of its own, which is gone with it. */
export const SMALL_DISK: readonly string[] = [
  'unshare',
  '--mount',
  '--map-root-user',
  'sh',
  '-c',
  'mount -t tmpfs -o size=12m tmpfs "$STORAGE_DIR" && exec "$0" "$@"',
];

/** Why no small disk can be made here, or null. */
export function whyNoSmallDisk(): string | null {
  if (process.platform !== 'linux') return 'small disks are made with namespaces of Linux';
  const { status } = spawnSync('unshare', [
    '--mount',
    '--map-root-user',
    'sh',
    '-c',
    'mount -t tmpfs -o size=1m tmpfs /mnt',
  ]);
  return status === 0 ? null : 'this user may make no mount namespace';
}

/** Leaves not a byte on the assistant's disk. The result makes room again. */
export function fillDisk({ pid, storage }: Assistant): () => void {
  const path = join(`/proc/${pid}/root`, storage, 'filler');
  const file = openSync(path, 'w');
  for (let size = 1 << 20; size > 0; size = Math.floor(size / 2)) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size, 1));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
  return () => rmSync(path);
}
