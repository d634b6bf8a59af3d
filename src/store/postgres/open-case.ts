import type { Pool } from 'pg';
import { z } from 'zod';
import type { Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { tellingPictures } from '../fingerprints.ts';
import { IS_OPEN } from '../open-cases.ts';

/**
 * SQL: opens a case, or says why not. The row of `lastCase` is locked first, so that numbers have
 * no gaps and cases are opened one after the other; the partial unique index on the serials of open
 * cases stays the arbiter, since turns change serials too.
 */
export const OPEN_CASE = `
insert into meta (name, value) values ('lastCase', '0');

create function open_case_1(made json) returns table (outcome text, case_number text, own boolean)
language plpgsql as $body$
declare
  account text;
  nth bigint;
begin
  perform from meta where name = 'lastCase' for update;
  return query select 'opened', c.number, true from cases c where c.case_id = made->>'case_id';
  if found then return; end if;
  select c.account_id into account from conversations c
    where c.conversation_id = made->>'conversation_id';
  if not found then
    return query select 'unknown', null::text, false;
    return;
  end if;
  select value::bigint + 1 into nth from meta where name = 'lastCase';
  insert into cases (id, case_id, number, conversation_id, account_id, form_id, serial, status,
    revision, submitted_at, updated_at, target, answer_by, draft)
  values (nth, made->>'case_id', 'UB-' || lpad(nth::text, greatest(6, length(nth::text)), '0'),
    made->>'conversation_id', account, made->>'form_id', made->>'serial', 'submitted', 1,
    (made->>'submitted_at')::bigint, (made->>'submitted_at')::bigint, (made->>'target')::bigint,
    (made->>'answer_by')::bigint, made->>'draft')
  on conflict do nothing;
  if not found then
    return query select 'duplicate', null::text,
      exists (select from cases c where c.serial = made->>'serial' and c.account_id = account
        and c.${IS_OPEN});
    return;
  end if;
  update meta set value = nth::text where name = 'lastCase';
  insert into case_steps (case_id, revision, status, at)
  values (made->>'case_id', 1, 'submitted', (made->>'submitted_at')::bigint);
  perform write_pictures_1(made->>'case_id', made->'pictures');
  return query select 'opened', c.number, true from cases c where c.id = nth;
end
$body$;
`;

const AnswerSchema = z.object({
  outcome: z.enum(['opened', 'duplicate', 'unknown']),
  case_number: z.string().nullable(),
  own: z.boolean(),
});

/** Opening a case; see `OPEN_CASE`. */
export function createCaseOpening(pool: Pool): Pick<Store, 'openCase'> {
  return {
    async openCase({ conversationId, draft }) {
      const { caseId, formId, serial, submittedAt, promise } = draft;
      const made = {
        case_id: caseId,
        conversation_id: conversationId,
        form_id: formId,
        serial: serial.short,
        submitted_at: submittedAt,
        target: promise.internalTarget,
        answer_by: promise.answerBy,
        draft: JSON.stringify(draft),
        pictures: tellingPictures(draft.photos),
      };
      const { rows } = await pool.query('select * from open_case_1($1)', [JSON.stringify(made)]);
      const { outcome, case_number, own } = AnswerSchema.parse(rows[0]);
      if (outcome === 'opened') return { outcome, number: case_number ?? '' };
      if (outcome === 'duplicate') return { outcome, own };
      throw new StoreError(
        'unknownConversation',
        'A case belongs to a conversation, and this one is not in the store.',
      );
    },
  };
}
