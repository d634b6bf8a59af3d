import { describe, expect, it } from 'vitest';
import { CaseStatusSchema, isOpenCase, mayBecome } from '../../src/domain/case.ts';

const all = CaseStatusSchema.options;

describe('a case', () => {
  it('is open until somebody has decided', () => {
    expect(all.filter(isOpenCase)).toEqual(['submitted', 'inReview', 'needsInfo']);
  });

  it('that is closed stays closed', () => {
    for (const from of all.filter((status) => !isOpenCase(status))) {
      expect(all.filter((to) => mayBecome(from, to))).toEqual([]);
    }
  });

  it('that is open may be decided or cancelled at once', () => {
    for (const from of all.filter(isOpenCase)) {
      for (const to of ['unbound', 'rejected', 'cancelled'] as const) {
        expect(mayBecome(from, to)).toBe(true);
      }
    }
  });

  it('is sent again only when something was asked for', () => {
    expect(all.filter((from) => mayBecome(from, 'submitted'))).toEqual(['needsInfo']);
  });

  it('does not step to where it is', () => {
    for (const status of all) expect(mayBecome(status, status)).toBe(false);
  });
});
