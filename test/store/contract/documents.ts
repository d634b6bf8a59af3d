import { describe, expect, it } from 'vitest';
import type { TestBed } from './test-bed.ts';

export function documentsSuite(bed: TestBed): void {
  describe(`documents in ${bed.engine}`, () => {
    it.each([true, false])(
      'are kept by name until they are replaced (sealed: %s)',
      async (sealed) => {
        expect(await bed.store.document('book')).toBeNull();
        await bed.store.putDocument('book', 'chương một', sealed);
        await bed.store.putDocument('other', 'x', sealed);
        await bed.reopen();
        expect(await bed.store.document('book')).toBe('chương một');
        await bed.store.putDocument('book', 'chương hai', !sealed);
        expect(await bed.store.document('book')).toBe('chương hai');
      },
    );

    it('are the same for all who offer one at once', async () => {
      const offers = ['a', 'b', 'c'].map((text) => bed.store.offerDocument('keys', text, true));
      const answers = await Promise.all(offers);
      expect(new Set(answers).size).toBe(1);
      expect(await bed.store.document('keys')).toBe(answers[0]);
    });
  });
}
