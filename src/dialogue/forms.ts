import type { CaseSummary } from './context.ts';
import type { Form, SlotName } from './conversation.ts';
import type { EventOf } from './event.ts';
import { forgetStrings } from './sadp.ts';
import type { Scene } from './scene.ts';

function emptyForm(scene: Scene, flow: string): Form {
  scene.conversation.counter += 1;
  return {
    id: `f${scene.conversation.counter}`,
    flow,
    phase: 'open',
    repairs: null,
    asked: [],
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
  const form = emptyForm(scene, 'unbind');
  scene.conversation.forms.push(form);
  scene.conversation.focus = form.id;
  return form;
}

/** The form in focus; else the newest one that waits for a repair; else a new one. */
export function formAtHand(scene: Scene): Form {
  if (scene.focus) return scene.focus;
  const waiting = scene.conversation.forms.findLast((form) => form.phase === 'open');
  if (!waiting) return openForm(scene);
  scene.conversation.focus = waiting.id;
  return waiting;
}

/** Takes a form out of the conversation. What it held is forgotten unless a case has it now. */
export function removeForm(scene: Scene, form: Form): void {
  const { conversation } = scene;
  conversation.forms = conversation.forms.filter((other) => other.id !== form.id);
  if (conversation.confirm?.form === form.id) conversation.confirm = null;
  if (conversation.focus === form.id) moveFocus(scene);
}

/** Closes a form that will not be sent. */
export function closeForm(scene: Scene, form: Form): void {
  forgetStrings(scene, form);
  scene.effects.push({ kind: 'clearTimer', timer: `read:${form.id}` });
  removeForm(scene, form);
}

/** Focus goes to what was being filled before, or to nothing. A repair waits for its button. */
export function moveFocus(scene: Scene): void {
  const { conversation } = scene;
  const next = conversation.forms.findLast((form) => form.phase === 'open' && !form.repairs);
  conversation.focus = next?.id ?? null;
}

/** The slots that a refusal reopens: the design's table. */
function reopened(change: EventOf<'caseChanged'>): { emptied: SlotName[]; asked: SlotName[] } {
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
export function isReopenable(name: string): name is (typeof REOPENABLE)[number] {
  return (REOPENABLE as readonly string[]).includes(name);
}

/** Opens the repair of a refused case, filled with what was sent; the focus stays where it is. */
export function openRepair(
  scene: Scene,
  summary: CaseSummary,
  change: EventOf<'caseChanged'>,
): Form {
  const { draft } = summary;
  const form = emptyForm(scene, draft.flow);
  const { emptied, asked } = reopened(change);
  form.repairs = {
    caseId: summary.caseId,
    number: summary.number,
    serial: summary.serial,
    as: change.status === 'needsInfo' ? 'sameCase' : 'newCase',
    reason: change.reason ?? null,
  };
  form.asked = asked;
  form.question = change.question ?? null;
  refill(form, summary);
  for (const name of emptied) form.slots[name] = { state: 'empty', revision: 1 };
  if (emptied.includes('proof')) form.photos = [];
  scene.conversation.forms.push(form);
  return form;
}

function refill(form: Form, { draft }: CaseSummary): void {
  form.photos = draft.photos.map((photo, index) => ({
    photoId: `${form.id}p${index}`,
    blobId: photo.blobId,
    readId: form.id,
    reading: photo.reading,
    use: 'evidence',
  }));
  const [first, ...rest] = form.photos.map((photo) => photo.photoId);
  form.slots = {
    network: { state: 'filled', revision: 1, value: { network: draft.network } },
    serial: {
      state: 'filled',
      revision: 1,
      value: { serial: draft.serial, source: draft.serialSource },
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
