import { type Kysely, sql } from 'kysely';
import type { SimilarCase, Store } from '../contract.ts';
import { differingBits, nearbyParts, SAME_PICTURE_BITS } from '../fingerprints.ts';
import { caseOf } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { selectCases } from './cases.ts';

/** Cases with a picture like one of these, of which at most so many are looked at. */
const MOST_ALIKE = 500;

type Pictures = SimilarCase['pictures'];
type Picture = Pick<Schema['case_pictures'], 'case_id' | 'blob_id' | 'fingerprint'>;

/** Finds cases that have something in common with another one. */
export function createSimilarCaseQueries(queries: Kysely<Schema>): Pick<Store, 'casesLike'> {
  const picturesOf = (caseId: string) =>
    queries
      .selectFrom('case_pictures')
      .select(['case_id', 'blob_id', 'fingerprint'])
      .where('case_id', '=', caseId)
      .execute();

  /** Pictures of other cases that may be this one; the index of parts finds more than it means. */
  const candidates = ({ case_id, fingerprint }: Picture) =>
    queries
      .selectFrom('case_pictures')
      .select(['case_id', 'blob_id', 'fingerprint'])
      .where('case_id', '<>', case_id)
      .where('id', 'in', (parts) =>
        parts
          .selectFrom('case_picture_parts')
          .select('picture')
          .where('part', 'in', nearbyParts(fingerprint)),
      )
      .execute();

  async function alike(caseId: string): Promise<Map<string, Pictures>> {
    const found = new Map<string, Pictures>();
    for (const own of await picturesOf(caseId)) {
      for (const other of await candidates(own)) {
        const bits = differingBits(own.fingerprint, other.fingerprint);
        if (bits > SAME_PICTURE_BITS) continue;
        const pictures = found.get(other.case_id) ?? [];
        pictures.push({ blobId: own.blob_id, theirs: other.blob_id, bits });
        found.set(other.case_id, pictures);
      }
    }
    return found;
  }

  return {
    async casesLike(caseId, limit) {
      const pictures = await alike(caseId);
      const ids = [...pictures.keys()].slice(0, MOST_ALIKE);
      const own = queries.selectFrom('cases').select('serial').where('case_id', '=', caseId);
      const rows = await selectCases(queries)
        .where('case_id', '<>', caseId)
        .where((where) =>
          where.or([
            where('serial', '=', own),
            ...(ids.length > 0 ? [where('case_id', 'in', ids)] : []),
          ]),
        )
        .select(sql<number>`case when serial = ${own} then 1 else 0 end`.as('same_serial'))
        .orderBy('submitted_at', 'desc')
        .orderBy('cases.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        row: caseOf(row),
        sameSerial: row.same_serial === 1,
        pictures: pictures.get(row.case_id) ?? [],
      }));
    },
  };
}
