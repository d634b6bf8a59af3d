import { differingPlaces } from '../../domain/serial.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Form, Photo } from '../conversation.ts';
import { keyOf } from '../normalise.ts';
import { drawingFor, wrongWith } from '../photo-advice.ts';
import type { PictureName, Reply } from '../reply.ts';
import type { Scene, Slot } from '../scene.ts';
import { isDeviceList, verdictOn } from '../sightings.ts';
import { fillSerial } from './fill-serial.ts';
import { names } from './serial.ts';

const ANOTHER_WORDS = {
  photo: ['gửi ảnh khác', 'ảnh khác', 'chụp lại', 'gửi lại ảnh', 'another photo', 'send another'],
} as const;

/** Serials that differ in no more places may be one serial, misread or mistyped. */
const NEAR = 2;

/** Photos that were looked at and may prove possession. */
function evidence(form: Form): Photo[] {
  return form.photos.filter((photo) => photo.use === 'evidence' && photo.reading);
}

function isShownBy(photos: readonly Photo[], claim: string): boolean {
  return photos.length > 0 && verdictOn(photos, claim).kind === 'shown';
}

/** Judges these photos for the slot. The best picture decides, the others are kept. */
export function settleProof(scene: Scene, form: Form, fresh: readonly Photo[]): void {
  const serial = scene.value(form, 'serial')?.serial.short;
  if (!serial) return;
  const verdict = verdictOn(fresh, serial);
  scene.renew(form, 'proof');
  form.drafts.proof = null;
  switch (verdict.kind) {
    case 'shown':
      fillProof(scene, form, 'shown', null);
      scene.say('proof.shown', { serial });
      return;
    case 'another':
      form.drafts.proof = { another: verdict.short };
      return;
    case 'doubtful':
      settleDoubtful(scene, form, fresh, verdict);
      return;
    case 'notRead':
      fillProof(scene, form, 'unverified', 'notRead');
      scene.say('proof.notRead');
      return;
    case 'unreadable':
      settleUnreadable(
        scene,
        form,
        fresh,
        fresh.every(isDeviceList) ? 'deviceList' : wrongWith(verdict),
      );
  }
}

/**
 * A doubt never accepts. Almost the claimed serial is asked about once, since it may be mistyped;
 * everything else, and the same again, is for the agent's eye.
 */
function settleDoubtful(
  scene: Scene,
  form: Form,
  fresh: readonly Photo[],
  { why = 'unsure', seen }: Extract<Verdict, { kind: 'doubtful' }>,
): void {
  const claim = scene.value(form, 'serial')?.serial.short ?? '';
  const [near, more] = seen.filter(
    (short) => short !== claim && differingPlaces(short, claim).length <= NEAR,
  );
  const before = evidence(form).filter((photo) => !fresh.includes(photo));
  const asked = before.some((photo) => verdictOn([photo], claim).kind === 'doubtful');
  if (why === 'near' && near && !more && !asked) form.drafts.proof = { another: near, near: true };
  else leaveToAgent(scene, form, why);
}

function leaveToAgent(scene: Scene, form: Form, why: 'near' | 'conflict' | 'unsure'): void {
  fillProof(scene, form, 'unverified', why);
  scene.say(`proof.doubtful.${why}`);
}

/**
 * The first unreadable photo is asked for again, with the reason; a second one traps nobody. A
 * picture that cannot even be opened helps no agent and is not counted.
 */
function settleUnreadable(scene: Scene, form: Form, fresh: readonly Photo[], wrong: string): void {
  const serial = scene.value(form, 'serial')?.serial.short ?? '';
  const opened = (photo: Photo) => photo.reading?.outcome === 'read';
  const before = evidence(form).filter((photo) => opened(photo) && !fresh.includes(photo));
  const failed = before.some((photo) => verdictOn([photo], serial).kind === 'unreadable');
  if (failed && fresh.some(opened)) {
    fillProof(scene, form, 'unverified', wrong);
    scene.say('proof.unverified');
    return;
  }
  scene.refuse(form, 'proof', `proof.unreadable.${wrong}`, undefined, drawingFor(wrong));
}

/** A photo was read after its time was up: a proof that waits for the agent's eye may be shown by it. */
export function upgradeProof(scene: Scene, form: Form): void {
  const slot = form.slots.proof;
  const serial = scene.value(form, 'serial')?.serial.short;
  if (slot?.state !== 'filled' || slot.value.verdict === 'shown' || !serial) return;
  if (!isShownBy(evidence(form), serial)) return;
  // Not a change that the person has to review again: the same photos, better read.
  slot.value.verdict = 'shown';
  slot.value.why = null;
}

function fillProof(
  scene: Scene,
  form: Form,
  verdict: 'shown' | 'unverified',
  why: string | null,
): void {
  scene.fill(form, 'proof', { verdict, why, photoIds: evidence(form).map((p) => p.photoId) });
}

function askForPhoto(scene: Scene, form: Form, serial: string): Reply {
  // After "the serial does not match", it may be the serial that was wrong.
  const { reason } = form.repairs ?? {};
  const mismatch = reason === 'serialMismatch';
  // A photo that was refused here came with a drawing of its own.
  const drawings: PictureName[] = [
    ...(evidence(form).length === 0 || mismatch ? (['label-where'] as const) : []),
    ...(reason === 'photoUnreadable' ? (['photo-better'] as const) : []),
  ];
  return {
    key: mismatch ? 'proof.askMatching' : 'proof.ask',
    params: { serial },
    takesFiles: true,
    ...(drawings.length > 0 ? { pictures: drawings } : {}),
    ...(mismatch
      ? { choices: [scene.actionOn(form, 'correct', 'choice.serialIsWrong', 'serial')] }
      : {}),
  };
}

export const proof: Slot = {
  name: 'proof',
  ask(scene, form) {
    if (form.slots.proof?.state === 'pending') return { key: 'photo.stillLooking' };
    const claimed = scene.value(form, 'serial')?.serial.short ?? '';
    const draft = form.drafts.proof;
    if (!draft) return askForPhoto(scene, form, claimed);
    const { another: seen, near } = draft;
    const keep = { params: { serial: claimed } };
    return {
      key: near ? 'proof.near' : 'proof.another',
      params: { seen, claimed },
      choices: [
        scene.choice(form, 'proof', 'use', 'proof.choice.use', { params: { serial: seen } }),
        ...(near ? [scene.choice(form, 'proof', 'keep', 'proof.choice.keep', keep)] : []),
        scene.choice(form, 'proof', 'photo', 'proof.choice.photo'),
        scene.action('human', 'choice.human'),
      ],
    };
  },
  explain: () => [{ key: 'proof.explain', pictures: ['photo-better'] }],
  hear(scene, form, text) {
    const seen = form.drafts.proof?.another;
    const claimed = scene.value(form, 'serial')?.serial.short;
    if (seen && names(text, seen)) return this.choose(scene, form, 'use');
    if (claimed && names(text, claimed) && this.choose(scene, form, 'keep')) return true;
    return keyOf(text, ANOTHER_WORDS) === 'photo' && this.choose(scene, form, 'photo');
  },
  choose(scene, form, value) {
    const draft = form.drafts.proof;
    const seen = draft?.another;
    if (value === 'photo') {
      this.dismiss?.(scene, form);
      return true;
    }
    if (value === 'keep' && draft?.near) {
      form.drafts.proof = null;
      leaveToAgent(scene, form, 'near');
      return true;
    }
    if (value !== 'use' || !seen) return false;
    fillSerial(scene, form, { short: seen }, 'label');
    return true;
  },
  doubt: (form) => form.drafts.proof !== null,
  dismiss(scene, form) {
    form.drafts.proof = null;
    scene.renew(form, 'proof');
  },
  dependencyChanged(scene, form) {
    const serial = scene.value(form, 'serial')?.serial.short;
    const state = form.slots.proof?.state ?? 'empty';
    if (!serial) {
      if (state !== 'empty') scene.empty(form, 'proof');
      return;
    }
    // Photos still being read are judged by the serial that holds when they are ready.
    if (state === 'pending') return;
    if (isShownBy(evidence(form), serial)) fillProof(scene, form, 'shown', null);
    else if (state === 'filled') scene.empty(form, 'proof');
  },
  show: (form) => {
    const slot = form.slots.proof;
    return slot?.state === 'filled'
      ? {
          key: `proof.value.${slot.value.verdict}`,
          params: { count: slot.value.photoIds.length },
        }
      : null;
  },
};
