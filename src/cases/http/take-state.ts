import type { Event } from '../../dialogue/event.ts';
import { isOpenCase, RefusalReasonSchema } from '../../domain/case.ts';
import type { CaseRow, Store } from '../../store/contract.ts';
import { type CaseState, STATUSES } from './schemas.ts';

export interface TakeStateOptions {
  store: Pick<Store, 'caseById'>;
  accept: (event: Event) => Promise<unknown>;
  now: () => number;
}

/** `unknown`: no case of that server has this id. */
export type TakeState = (state: CaseState) => Promise<'taken' | 'unknown'>;

/**
 * Makes what the other server says of a case a turn of its conversation; resolves once that is
 * committed. Each revision makes one turn at most, whether a webhook or our asking brought it, and
 * however often; the turn itself drops one that is not newer than the case's.
 */
export function createTakeState({ store, accept, now }: TakeStateOptions): TakeState {
  return async (state) => {
    const row = await store.caseById(state.caseId);
    if (row?.draft.backend !== 'http') return 'unknown';
    const nothingNew = state.revision <= row.revision || state.status === row.status;
    if (!nothingNew && isOpenCase(row.status)) await accept(eventOf(row, state, now()));
    return 'taken';
  };
}

function eventOf(row: CaseRow, state: CaseState, at: number): Event {
  const { caseId, revision, statusText, by } = state;
  const base = {
    eventId: `case:${caseId}:${revision}`,
    at,
    channel: row.channel,
    chatId: row.chatId,
    caseId,
    revision,
    ...(by === undefined ? {} : { by }),
  };
  const status = STATUSES.find((known) => known === state.status);
  if (status === undefined) {
    const said = [statusText ?? state.status, state.note].filter(Boolean).join('. ');
    return { ...base, type: 'caseNoted', words: said.slice(0, 500) };
  }
  return { ...base, type: 'caseChanged', status, ...refusalOf(state) };
}

/** A reason that we do not know is `other`, and named in the note. */
function refusalOf({ status, reason, note, reopen, questions }: CaseState) {
  const known = RefusalReasonSchema.safeParse(reason).data;
  const foreign = status === 'rejected' && known === undefined;
  const said = [foreign ? reason : undefined, note].filter(Boolean).join(': ');
  return {
    ...(status === 'rejected' ? { reason: known ?? ('other' as const) } : {}),
    ...(said ? { note: said.slice(0, 2000) } : {}),
    ...(reopen?.length ? { reopen } : {}),
    ...(questions?.length ? { question: questions.join('\n') } : {}),
  };
}
