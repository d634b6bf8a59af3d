import type { CaseSummary } from './context.ts';
import type { Form, SlotName } from './conversation.ts';
import type { CaseDraft } from './effect.ts';
import type { EventOf } from './event.ts';
import type { Scene } from './scene.ts';
import { dropSecret, forgetStrings } from './secrets.ts';

const CASE_FLOW = 'unbind';
const VERIFICATION_FLOW = 'verify';

export function isVerification(form: Form): boolean {
  return form.flow === VERIFICATION_FLOW;
}

function emptyForm(scene: Scene, flow: string): Form {
  scene.conversation.counter += 1;
  return {
    id: `f${scene.conversation.counter}`,
    flow,
    phase: 'open',
    batch: null,
    reminded: 0,
    remindAt: null,
    repairs: null,
    asked: [],
    locked: [],
    question: null,
    slots: {},
    strikes: {},
    drafts: { serial: null, proof: null, pieces: [], misnamed: null },
    photos: [],
    album: null,
  };
}

/** Begins a new case and makes it the one that questions are about. */
export function openForm(scene: Scene): Form {
  return open(scene, CASE_FLOW);
}

/** Begins the company's verification and makes it the form that questions are about. */
export function openVerification(scene: Scene): Form {
  return open(scene, VERIFICATION_FLOW);
}

/** Begins a case that stands behind the one in focus. */
export function openBeside(scene: Scene): Form {
  const form = emptyForm(scene, CASE_FLOW);
  scene.conversation.forms.push(form);
  return form;
}

function open(scene: Scene, flow: string): Form {
  const form = emptyForm(scene, flow);
  scene.conversation.forms.push(form);
  scene.conversation.focus = form.id;
  return form;
}

/** Whether the person has given anything to this form. */
export function isBegun(scene: Scene, form: Form): boolean {
  const names = Object.keys(form.slots) as SlotName[];
  return (
    form.photos.length > 0 ||
    names.some((name) => !scene.slots[name].automatic && form.slots[name]?.state !== 'empty')
  );
}

/** Forms that wait for their [Fix now], newest first. */
export function waitingRepairs(scene: Scene): Form[] {
  return scene.conversation.forms
    .filter((form) => form.repairs && form.phase === 'open' && form.id !== scene.focus?.id)
    .toReversed();
}

/**
 * The case that something sent without being asked for belongs to: the one in focus, or the one that
 * a verification in focus leaves waiting, which comes back into focus by it. Null: there is none.
 */
export function caseAtHand(scene: Scene): Form | null {
  const { focus, conversation } = scene;
  if (!focus || !isVerification(focus)) return focus;
  moveFocus(scene);
  if (!scene.focus) conversation.focus = focus.id;
  return scene.focus === focus ? null : scene.focus;
}

/**
 * The form that something sent without being asked for belongs to: the case at hand; else a repair
 * that is waiting for just this; else a new one.
 */
export function formAtHand(scene: Scene, wanted: readonly SlotName[]): Form {
  const atHand = caseAtHand(scene);
  if (atHand) return atHand;
  const waiting = waitingRepairs(scene).find((form) => {
    const at = scene.asked(form);
    return at !== null && wanted.includes(at);
  });
  if (!waiting) return openForm(scene);
  scene.conversation.focus = waiting.id;
  return waiting;
}

/** Takes a form out of the conversation; a case has what it held. */
export function removeForm(scene: Scene, form: Form): void {
  const { conversation } = scene;
  if (form.remindAt !== null) {
    scene.effects.push({ kind: 'clearTimer', timer: `unfinished:${form.id}` });
  }
  conversation.forms = conversation.forms.filter((other) => other.id !== form.id);
  if (conversation.confirm?.form === form.id) conversation.confirm = null;
  if (conversation.focus === form.id) moveFocus(scene);
}

/** Forgets what a form holds: strings, photos, answers. */
function clear(scene: Scene, form: Form): void {
  forgetStrings(scene, form);
  if (form.album?.sadpRef) dropSecret(scene, form.album.sadpRef);
  scene.slots.licence.forget?.(scene, form);
  form.album = null;
  scene.effects.push({ kind: 'clearTimer', timer: `read:${form.id}` });
}

/**
 * Removes a form that was sent. A string that its case did not need, and so does not hold, is forgotten.
 * @param draft of the case; undefined where it is not known, and then its string stays
 */
export function removeSentForm(scene: Scene, form: Form, draft: CaseDraft | undefined): void {
  const filled = scene.value(form, 'sadpString')?.ref;
  const kept = draft ? draft.sadp?.ref : filled;
  const refs = [filled, ...form.drafts.pieces, form.drafts.misnamed?.ref, form.album?.sadpRef];
  for (const ref of refs) if (ref && ref !== kept) dropSecret(scene, ref);
  removeForm(scene, form);
}

/** Closes a form that will not be sent. */
export function closeForm(scene: Scene, form: Form): void {
  clear(scene, form);
  removeForm(scene, form);
}

/** Empties a form that stays: the same case is filled in from the beginning. */
export function emptyOut(scene: Scene, form: Form): void {
  clear(scene, form);
  for (const name of Object.keys(form.slots) as SlotName[]) {
    if (!scene.slots[name].automatic && !scene.isLocked(form, name)) scene.renew(form, name);
  }
  form.drafts = { serial: null, proof: null, pieces: [], misnamed: null };
  form.strikes = {};
  form.photos = [];
}

/** Focus goes to what was being filled before, or to nothing. A repair waits for its button. */
export function moveFocus(scene: Scene): void {
  const { conversation } = scene;
  const next = conversation.forms.findLast(
    (form) => form.phase === 'open' && !form.repairs && !isVerification(form),
  );
  conversation.focus = next?.id ?? null;
}

interface Reopened {
  emptied: SlotName[];
  asked: SlotName[];
}

/** The slots that a refusal reopens: the design's table. */
function reopened(change: EventOf<'caseChanged'>): Reopened {
  switch (change.reason) {
    case 'serialMismatch':
    case 'photoUnreadable':
      return { emptied: ['proof'], asked: [] };
    case 'sadpStringInvalid':
      return { emptied: ['sadpString'], asked: ['sadpString'] };
    case 'notBound':
    case 'serviceDisabled':
      return { emptied: [], asked: ['deviceReady'] };
    case 'accountUnverified':
      return { emptied: [], asked: ['verified'] };
    default: {
      const ticked = (change.reopen ?? []).filter(isReopenable);
      return { emptied: ticked, asked: change.question ? [...ticked, 'answer'] : ticked };
    }
  }
}

const REOPENABLE = ['network', 'serial', 'proof', 'sadpString'] as const;

/** Slots that an agent may tick in a request for more information. */
function isReopenable(name: string): name is (typeof REOPENABLE)[number] {
  return (REOPENABLE as readonly string[]).includes(name);
}

/** Opens the repair of a refused case, filled with what was sent; the focus stays where it is. */
export function openRepair(
  scene: Scene,
  summary: CaseSummary,
  change: EventOf<'caseChanged'>,
): Form {
  const { emptied, asked } = reopened(change);
  const form = openAgain(scene, summary, emptied);
  form.repairs = {
    caseId: summary.caseId,
    number: summary.number,
    serial: summary.serial,
    as: change.status === 'needsInfo' ? 'sameCase' : 'newCase',
    reason: change.reason ?? null,
  };
  form.asked = asked;
  form.question = change.question ?? null;
  // Photos of another device may turn out to be right once the serial is changed.
  if (emptied.includes('proof') && change.reason !== 'serialMismatch') form.photos = [];
  return form;
}

/** Opens a case that waits for the office, for a string exported afresh. */
export function openRefresh(scene: Scene, summary: CaseSummary): Form {
  const form = openAgain(scene, summary, ['sadpString']);
  const { caseId, number, serial } = summary;
  form.repairs = { caseId, number, serial, as: 'sameCase', reason: null };
  form.asked = ['sadpString'];
  return form;
}

function openAgain(scene: Scene, { draft }: CaseSummary, emptied: readonly SlotName[]): Form {
  const form = emptyForm(scene, draft.flow);
  refill(form, draft);
  for (const name of emptied) {
    Object.assign(form.slots, { [name]: { state: 'empty', revision: 1 } });
  }
  scene.conversation.forms.push(form);
  return form;
}

function refill(form: Form, draft: CaseSummary['draft']): void {
  form.photos = draft.photos.map((photo, index) => ({
    photoId: `${form.id}p${index}`,
    blobId: photo.blobId,
    readId: form.id,
    reading: photo.reading ?? { outcome: 'failed' },
    use: 'evidence',
  }));
  const [first, ...rest] = form.photos.map((photo) => photo.photoId);
  form.slots = {
    network: { state: 'filled', revision: 1, value: { network: draft.network } },
    serial: {
      state: 'filled',
      revision: 1,
      value: {
        serial: draft.serial,
        source: draft.serialSource,
        ...(draft.scan ? { scan: draft.scan } : {}),
      },
    },
    consent: { state: 'filled', revision: 1, value: { version: draft.consentVersion } },
  };
  if (first) {
    form.slots.proof = {
      state: 'filled',
      revision: 1,
      value: { verdict: draft.proof, why: draft.proofWhy, photoIds: [first, ...rest] },
    };
  }
  if (draft.sadp) form.slots.sadpString = { state: 'filled', revision: 1, value: draft.sadp };
}
