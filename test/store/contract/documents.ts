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

    it('change hands by what they say: of two who saw the same text, one replaces it', async () => {
      await bed.store.putDocument('lease', 'free', true);
      const swaps = ['a', 'b'].map((who) => bed.store.swapDocument('lease', 'free', who, true));
      const won = (await Promise.all(swaps)).filter(Boolean);
      expect(won).toHaveLength(1);
      expect(await bed.store.swapDocument('lease', 'free', 'c', true)).toBe(false);
      const holder = (await bed.store.document('lease')) ?? '';
      expect(['a', 'b']).toContain(holder);
      expect(await bed.store.swapDocument('lease', holder, 'free', true)).toBe(true);
      expect(await bed.store.swapDocument('missing', 'free', 'c', true)).toBe(false);
    });

    it('can be dropped, and dropped again', async () => {
      await bed.store.putDocument('person', 'phone', true);
      await bed.store.dropDocument('person');
      await bed.store.dropDocument('person');
      expect(await bed.store.document('person')).toBeNull();
    });
  });
}
