import { pino } from 'pino';
import { vi } from 'vitest';
import { createPhotoReader } from '../../src/evidence/process.ts';

/** A reader that a busy machine does not hurry: what it reads depends on its work alone. */
export function patientReader() {
  vi.setConfig({ testTimeout: 120_000 });
  return createPhotoReader({
    log: pino({ level: 'silent' }),
    limits: { wallMs: 60_000, hardMs: 90_000, waitMs: 300_000, startMs: 60_000 },
  });
}
