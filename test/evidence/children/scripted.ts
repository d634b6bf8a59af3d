/**
 * A reading process that does what the first byte of a picture says, so that the parent can be watched: 'e' answers
 * with its process id and environment, 'w' answers when it could write the file named after it, 'h' hangs in a loop, 'm' takes memory without end, 'd' dies, 'l' breaks the
 * protocol.
 */
import { writeFileSync } from 'node:fs';

const hoard: Buffer[] = [];

function perform(job: { id: number; kind: 'read' | 'tidy'; bytes: Uint8Array }): void {
  switch (String.fromCharCode(job.bytes[0] ?? 0)) {
    case 'h':
      for (;;);
    case 'm':
      setInterval(() => hoard.push(Buffer.alloc(8_000_000, 1)), 1);
      return;
    case 'w':
      writeFileSync(Buffer.from(job.bytes).subarray(1).toString(), 'x');
      process.send?.(reading(job));
      return;
    case 'd':
      process.exit(3);
      return;
    case 'l':
      process.send?.({ kind: 'read', id: job.id, read: { reading: 'fine' } });
      return;
    default:
      process.send?.(job.kind === 'tidy' ? tidied(job) : reading(job));
  }
}

function tidied(job: { id: number; bytes: Uint8Array }): object {
  return { kind: 'tidied', id: job.id, tidied: { bytes: job.bytes, mime: 'image/png' } };
}

/** `width` is the process id and `height` the number of variables in its environment. */
function reading(job: { id: number }): object {
  const quality = {
    width: process.pid,
    height: Object.keys(process.env).length,
    sharpness: 0,
    brightness: 0,
    contrast: 0,
  };
  return {
    kind: 'read',
    id: job.id,
    read: { reading: { outcome: 'read', serials: [], shareQr: false, quality, trouble: 'noCode' } },
  };
}

process.on('message', perform);
process.on('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready' });
