import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { IS_OPEN } from '../open-cases.ts';
import { prepareCasePictures } from './case-pictures.ts';
import type { InTransaction } from './transaction.ts';

function numberOf(id: number): string {
  return `UB-${String(id).padStart(6, '0')}`;
}

/** Opening a case. The partial unique index on the serials of open cases decides who was first. */
export function createCaseOpening(
  database: DatabaseSync,
  inTransaction: InTransaction,
): Pick<Store, 'openCase'> {
  const findCase = database.prepare('select number from cases where case_id = ?');
  const findAccount = database.prepare(
    'select account_id from conversations where conversation_id = ?',
  );
  const nextId = database.prepare('select coalesce(max(id), 0) + 1 as id from cases');
  const insert = database.prepare(
    `insert into cases (id, case_id, number, conversation_id, account_id, form_id, serial, status,
       revision, submitted_at, updated_at, target, answer_by, draft)
     values (?, ?, ?, ?, ?, ?, ?, 'submitted', 1, ?, ?, ?, ?, ?) on conflict do nothing`,
  );
  const writeStep = database.prepare(
    `insert into case_steps (case_id, revision, status, at) values (?, 1, 'submitted', ?)`,
  );
  const writePictures = prepareCasePictures(database);
  const findHolder = database.prepare(
    `select account_id from cases
     where serial = ? and ${IS_OPEN}`,
  );

  return {
    async openCase({ conversationId, draft }) {
      return inTransaction(() => {
        const known = findCase.get(draft.caseId);
        if (known) return { outcome: 'opened', number: String(known.number) };
        const account = findAccount.get(conversationId)?.account_id;
        if (typeof account !== 'string') {
          const message = 'A case belongs to a conversation, and this one is not in the store.';
          throw new StoreError('unknownConversation', message);
        }
        const id = Number(nextId.get()?.id);
        const number = numberOf(id);
        const { submittedAt, promise, serial, caseId, formId } = draft;
        const { changes } = insert.run(
          id,
          caseId,
          number,
          conversationId,
          account,
          formId,
          serial.short,
          submittedAt,
          submittedAt,
          promise.internalTarget,
          promise.answerBy,
          JSON.stringify(draft),
        );
        if (changes) {
          writeStep.run(caseId, submittedAt);
          writePictures(caseId, draft.photos);
          return { outcome: 'opened', number };
        }
        const own = findHolder.get(serial.short)?.account_id === account;
        return { outcome: 'duplicate', own };
      });
    },
  };
}
