import { describe, expect, it } from 'vitest';
import type { TestBed } from './test-bed.ts';

export function leasesSuite(bed: TestBed): void {
  describe(`what one process does, in ${bed.engine}`, () => {
    it('is for whoever asks first, as often as it asks, and over restarts', async () => {
      expect(await bed.store.takeLease('asking')).toBe(true);
      expect(await bed.store.takeLease('asking')).toBe(true);
      expect(await bed.store.takeLease('something else')).toBe(true);
      await bed.store.giveBackLease('asking');
      await bed.store.giveBackLease('never taken');
      expect(await bed.store.takeLease('asking')).toBe(true);
      await bed.reopen();
      expect(await bed.store.takeLease('asking')).toBe(true);
    });

    it('takes each tick of a task once, and none that is older than the last one', async () => {
      expect(await bed.store.takeTick('digest', 1_000)).toBe(true);
      expect(await bed.store.takeTick('digest', 1_000)).toBe(false);
      expect(await bed.store.takeTick('digest', 999)).toBe(false);
      expect(await bed.store.takeTick('reminder', 1_000)).toBe(true);
      await bed.reopen();
      expect(await bed.store.takeTick('digest', 1_000)).toBe(false);
      expect(await bed.store.takeTick('digest', 2_000)).toBe(true);
    });
  });
}
