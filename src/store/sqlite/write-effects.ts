import type { DatabaseSync } from 'node:sqlite';
import type { AccountChange, CaseDraft, CommitEffect } from '../../dialogue/effect.ts';
import { IS_OPEN } from '../open-cases.ts';
import type { Vault } from '../vault.ts';
import { prepareCasePictures } from './case-pictures.ts';

type ChangeCase = Extract<CommitEffect, { kind: 'changeCase' }>;

/** Writes the effects that are part of the commit itself. */
export function prepareCommitEffects(database: DatabaseSync, vault: Vault) {
  const keepSecret = database.prepare(
    `insert into secrets (ref, conversation_id, sealed) values (?, ?, ?)
     on conflict (ref) do update set sealed = excluded.sealed`,
  );
  const dropSecret = database.prepare('delete from secrets where ref = ? and conversation_id = ?');
  const dropBlob = database.prepare('delete from blobs where blob_id = ? and conversation_id = ?');
  const clearTimer = database.prepare('delete from timers where conversation_id = ? and name = ?');
  const setTimer = database.prepare(
    'insert into timers (conversation_id, name, due_at) values (?, ?, ?)',
  );
  const changeCase = database.prepare(
    `update cases set revision = ?, status = ?, reason = ?, note = ?,
       decided_by = coalesce(?, decided_by), updated_at = ?
     where case_id = ? and revision < ?`,
  );
  const writeStep = database.prepare(
    'insert into case_steps (case_id, revision, status, at) values (?, ?, ?, ?)',
  );
  // A serial that another open case holds stays out of the column that arbitrates: that would undo
  // the whole commit. The draft names it, and the agent sees both cases.
  const changeDraft = database.prepare(
    `update cases set draft = ?1, submitted_at = ?2, target = ?3, answer_by = ?4,
       serial = case when exists (select 1 from cases other where other.serial = ?5
         and other.case_id <> ?6 and other.${IS_OPEN})
         then serial else ?5 end
     where case_id = ?6`,
  );

  const writePictures = prepareCasePictures(database);

  function writeDraft(draft: CaseDraft, caseId: string): void {
    const { submittedAt, promise, serial } = draft;
    changeDraft.run(
      JSON.stringify(draft),
      submittedAt,
      promise.internalTarget,
      promise.answerBy,
      serial.short,
      caseId,
    );
    writePictures(caseId, draft.photos);
  }

  function change(effect: ChangeCase, at: number): void {
    const { caseId, revision, status, reason, note, by, draft } = effect;
    const { changes } = changeCase.run(revision, status, reason, note, by, at, caseId, revision);
    if (!changes) return;
    writeStep.run(caseId, revision, status, at);
    if (draft) writeDraft(draft, caseId);
  }

  return (
    effect: Exclude<CommitEffect, AccountChange>,
    conversationId: string,
    at: number,
  ): void => {
    switch (effect.kind) {
      case 'keepSecret':
        keepSecret.run(effect.ref, conversationId, vault.seal('secret', effect.ref, effect.text));
        return;
      case 'dropSecret':
        dropSecret.run(effect.ref, conversationId);
        return;
      case 'dropBlob':
        dropBlob.run(effect.blobId, conversationId);
        return;
      case 'changeCase':
        change(effect, at);
        return;
      case 'setTimer':
        // A timer that is moved gets a new id, so that its next ringing is an event of its own.
        clearTimer.run(conversationId, effect.timer);
        setTimer.run(conversationId, effect.timer, effect.at);
        return;
      case 'clearTimer':
        clearTimer.run(conversationId, effect.timer);
    }
  };
}
