import { pino } from 'pino';
import { vi } from 'vitest';
import { createPhotoReader } from '../../src/evidence/process.ts';

/** A reader that no machine hurries, however slow and busy: what it reads is what it can. */
export function patientReader() {
  vi.setConfig({ testTimeout: 120_000 });
  return createPhotoReader({
    log: pino({ level: 'silent' }),
    limits: { softMs: 20_000, wallMs: 60_000, hardMs: 90_000, waitMs: 300_000, startMs: 60_000 },
  });
}
