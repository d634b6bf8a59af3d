import { readFile } from 'node:fs/promises';

/**
 * Resident memory of a process in bytes, by the kernel's own account.
 *
 * @returns null where there is no /proc (macOS, Windows) or the process is gone
 */
async function residentBytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  return match ? Number(match[1]) * 1024 : null;
}

/**
 * Watches a process from outside: native decoders do not count against a JavaScript heap limit. Where there is no /proc
 * this watches nothing, and the caps on bytes and pixels are the only bound.
 *
 * @param onExceeded called once, when the process is larger than `limit` bytes
 * @returns stops watching
 */
export function watchMemory(
  pid: number,
  limit: number,
  everyMs: number,
  onExceeded: () => void,
): () => void {
  let stopped = false;
  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    const bytes = await residentBytes(pid);
    looking = false;
    if (stopped || bytes === null || bytes <= limit) return;
    stop();
    onExceeded();
  }, everyMs);
  timer.unref();
  function stop(): void {
    stopped = true;
    clearInterval(timer);
  }
  return stop;
}
