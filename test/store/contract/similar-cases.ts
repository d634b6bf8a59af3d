import { describe, expect, it } from 'vitest';
import type { CasePhoto } from '../../../src/dialogue/effect.ts';
import type { SimilarCase } from '../../../src/store/contract.ts';
import { draft, MINUTE, NOW, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

const PICTURE = '9c3a5f10e7b2486d';

/** The same fingerprint with these bits of it turned over, counted from the last. */
function turned(fingerprint: string, ...bits: number[]): string {
  const mask = bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
  return (BigInt(`0x${fingerprint}`) ^ mask).toString(16).padStart(16, '0');
}

function photo(blobId: string, fingerprint: string): CasePhoto {
  const quality = { width: 800, height: 600, sharpness: 90, brightness: 120, contrast: 50 };
  return {
    blobId,
    reading: {
      outcome: 'read',
      serials: [],
      shareQr: false,
      quality,
      trouble: 'noCode',
      fingerprint,
    },
    verdict: { kind: 'unreadable', why: 'noCode' },
  };
}

export function similarCasesSuite(bed: TestBed): void {
  describe(`cases that have something in common in ${bed.engine}`, () => {
    let opened = 0;

    async function open(caseId: string, serial: string, photos: CasePhoto[] = [], chat = 'chat') {
      const { conversationId } = await bed.run({}, text(chat));
      opened += 1;
      const submittedAt = NOW + opened * MINUTE;
      await bed.store.openCase({
        conversationId,
        draft: draft(caseId, serial, { photos, submittedAt }),
      });
    }

    const close = (caseId: string) =>
      bed.run({
        effects: [
          {
            kind: 'changeCase',
            caseId,
            revision: 2,
            status: 'unbound',
            reason: null,
            note: null,
            by: 'Lan',
          },
        ],
      });

    const brief = (found: SimilarCase[]) =>
      found.map(({ row, sameSerial, pictures }) => [
        row.caseId,
        sameSerial,
        pictures.map(({ blobId, theirs, bits }) => `${blobId}~${theirs}:${bits}`),
      ]);

    it('are those of the same serial, newest first, with what became of them', async () => {
      await open('old', 'D12345678', [], 'one');
      await close('old');
      await open('other', 'D87654321');
      await open('new', 'D12345678', [], 'two');
      await close('new');
      await open('mine', 'D12345678', [], 'three');
      const found = await bed.store.casesLike('mine', 10);
      expect(brief(found)).toEqual([
        ['new', true, []],
        ['old', true, []],
      ]);
      expect(found[0]?.row).toMatchObject({ status: 'unbound', decidedBy: 'Lan' });
      expect(brief(await bed.store.casesLike('mine', 1))).toEqual([['new', true, []]]);
      expect(await bed.store.casesLike('unknown', 10)).toEqual([]);
    });

    it('are those with the same picture, sent again by whomever for whatever serial', async () => {
      await open('same', 'D11111111', [photo('s', PICTURE)], 'one');
      await open(
        'near',
        'D22222222',
        [photo('n', turned(PICTURE, 0, 9, 20, 31, 32, 45, 52, 63))],
        'two',
      );
      await open('far', 'D33333333', [
        photo('f', turned(PICTURE, 1, 2, 3, 17, 18, 33, 34, 50, 51)),
      ]);
      await open('mine', 'D44444444', [
        photo('x', turned(PICTURE, 30, 40, 50)),
        photo('m', PICTURE),
      ]);
      expect(brief(await bed.store.casesLike('mine', 10))).toEqual([
        ['near', false, ['m~n:8']],
        ['same', false, ['x~s:3', 'm~s:0']],
      ]);
    });

    it('leave pictures without structure out: dark ones are all alike', async () => {
      for (const [index, flat] of [
        '0000000000000000',
        'ffffffffffffffff',
        '0000000000000007',
      ].entries()) {
        await open(`a${index}`, `D1111111${index}`, [photo(`a${index}`, flat)]);
        await open(`b${index}`, `D2222222${index}`, [photo(`b${index}`, flat)]);
        expect(await bed.store.casesLike(`b${index}`, 10)).toEqual([]);
      }
    });

    it('follow the photos of a case that is sent again', async () => {
      await open('theirs', 'D11111111', [photo('t', PICTURE)]);
      await open('mine', 'D22222222', [photo('m', PICTURE)]);
      const repaired = draft('mine', 'D22222222', { photos: [photo('m2', turned(PICTURE, 5))] });
      const again = { status: 'submitted', reason: null, note: null, by: null } as const;
      await bed.run({
        effects: [{ kind: 'changeCase', caseId: 'mine', revision: 2, ...again, draft: repaired }],
      });
      expect(brief(await bed.store.casesLike('mine', 10))).toEqual([['theirs', false, ['m2~t:1']]]);
      expect(brief(await bed.store.casesLike('theirs', 10))).toEqual([['mine', false, ['t~m2:1']]]);
    });
  });
}
