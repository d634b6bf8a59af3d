import { backendOf, type CaseDraft } from '../dialogue/effect.ts';
import type { Event } from '../dialogue/event.ts';
import type { DialogueSettings } from '../dialogue/settings.ts';
import type { Calendar } from '../domain/calendar.ts';
import { isOpenCase } from '../domain/case.ts';
import { promise } from '../domain/promise.ts';
import type { Perform } from '../engine/perform.ts';
import type { CaseRow, Settlement, Store } from '../store/contract.ts';
import type { CaseBackend, Handed } from './contract.ts';

/** Whatever took longer than this on its way was waited for, and is promised an answer anew. */
const LATE_MS = 60_000;

export interface SubmitOptions {
  store: Pick<Store, 'openCase' | 'caseById' | 'renewPromise'>;
  backend: CaseBackend;
  /** What the office book says now. */
  office: { snapshot(): { calendar: Calendar; settings: Pick<DialogueSettings, 'slaMinutes'> } };
  /** Masks the case's photos ahead of the agent's first look. */
  prepareMasks?: (blobIds: readonly string[]) => void;
  now: () => number;
}

/**
 * Opens a form's case and hands it to the backend, or what was added to a case that is open
 * already. Safe to repeat: the case's id is the key under which the store and the backend know it
 * again. While the backend does not answer, the person is told so once, and the effect waits; what
 * it will not take is told, too. A case that comes there late is promised an answer from then on.
 */
export function createSubmit(options: SubmitOptions): Perform<'submit'> {
  const { store, backend, prepareMasks, now } = options;

  async function hand(row: CaseRow, draft: CaseDraft, attempts: number): Promise<Handed> {
    // The same for every repetition of this effect, and another for what is added later.
    const handed = await backend.submit(row, `${draft.caseId}:${draft.submittedAt}`, attempts);
    if (handed.as !== 'taken') return handed;
    // Withdrawn while it was on its way: whoever was asked to forget it did not know it yet.
    const after = await store.caseById(row.caseId);
    if (after && !isOpenCase(after.status)) await backend.cancel(row.caseId);
    return handed;
  }

  /** Whether it came late. Its promise is then made anew, unless the one that was made lasts as long. */
  async function renewIfLate(draft: CaseDraft): Promise<boolean> {
    const at = now();
    if (at - draft.submittedAt <= LATE_MS) return false;
    const { calendar, settings } = options.office.snapshot();
    const fresh = promise(calendar, at, settings.slaMinutes);
    if (fresh.answerBy > draft.promise.answerBy) {
      await store.renewPromise(draft.caseId, fresh, at);
    }
    return true;
  }

  return async ({ effectId, effect, attempts, conversationId, channel, chatId }) => {
    const draft = { backend: backend.name, ...effect.draft };
    const opened = await store.openCase({ conversationId, draft });
    const base = { eventId: `submit:${effectId}`, at: now(), channel, chatId };
    const about = { formId: draft.formId, caseId: draft.caseId };
    if (opened.outcome === 'duplicate') {
      const { outcome, own } = opened;
      return { result: { ...base, type: 'submitted', ...about, outcome, own } };
    }
    prepareMasks?.(draft.photos.map(({ blobId }) => blobId));
    const row = await store.caseById(draft.caseId);
    const { outcome, number } = opened;
    const done: Event = { ...base, type: 'submitted', ...about, outcome, number };
    if (!row || !isOpenCase(row.status) || backendOf(row.draft) !== backend.name) {
      return { result: done };
    }
    const handed = await hand(row, draft, attempts);
    if (handed.as === 'taken') {
      const late = await renewIfLate(draft);
      return { result: late ? { ...done, late } : done };
    }
    const { why } = handed;
    // Of these ids a turn is made once: the person hears of a long wait once, and of a refusal.
    const told: Event =
      handed.as === 'refused'
        ? { ...base, eventId: `${base.eventId}:refused`, type: 'caseUntaken', ...about, number }
        : { ...base, eventId: `${base.eventId}:waits`, type: 'caseWaits', ...about, number };
    const settlement: Settlement =
      handed.as === 'refused'
        ? { effectId, as: 'dead', why }
        : { effectId, as: 'retry', at: handed.at, why };
    return { result: told, settlement };
  };
}
