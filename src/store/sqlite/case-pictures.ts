import type { DatabaseSync } from 'node:sqlite';
import type { CasePhoto } from '../../dialogue/effect.ts';
import { tellingPictures } from '../fingerprints.ts';

/** Writes the fingerprints of a case's photos, instead of those it had. Runs within the caller's transaction. */
export function prepareCasePictures(
  database: DatabaseSync,
): (caseId: string, photos: readonly CasePhoto[]) => void {
  const forget = database.prepare('delete from case_pictures where case_id = ?');
  const write = database.prepare(
    'insert into case_pictures (case_id, blob_id, fingerprint) values (?, ?, ?)',
  );
  const writeParts = database.prepare(
    'insert into case_picture_parts (part, picture) select value, ? from json_each(?)',
  );
  return (caseId, photos) => {
    forget.run(caseId);
    for (const { blob_id, fingerprint, parts } of tellingPictures(photos)) {
      const { lastInsertRowid } = write.run(caseId, blob_id, fingerprint);
      writeParts.run(lastInsertRowid, JSON.stringify(parts));
    }
  };
}
