import { judge, judgeSet, type Verdict } from '../../domain/verdict.ts';
import type { Form, Photo } from '../conversation.ts';
import { keyOf } from '../normalise.ts';
import type { Scene, Slot } from '../scene.ts';
import { fillSerial } from './serial.ts';

const ANOTHER_WORDS = {
  photo: ['gửi ảnh khác', 'ảnh khác', 'chụp lại', 'gửi lại ảnh', 'another photo', 'send another'],
} as const;

/** Photos that may prove possession, with the verdict on each for the present serial. */
function judged(form: Form, claim: string): { photo: Photo; verdict: Verdict }[] {
  return form.photos.flatMap((photo) =>
    photo.use === 'evidence' && photo.reading
      ? [{ photo, verdict: judge(photo.reading, claim) }]
      : [],
  );
}

/** The photos that a filled proof consists of: every one that was looked at as evidence. */
export function evidenceIds(form: Form): string[] {
  return form.photos.filter((p) => p.use === 'evidence' && p.reading).map((p) => p.photoId);
}

/** Judges these photos for the slot. The best picture decides, the others are kept. */
export function settleProof(scene: Scene, form: Form, fresh: readonly Photo[]): void {
  const serial = scene.value(form, 'serial')?.serial.short;
  if (!serial) return;
  const verdicts = judged(form, serial).filter((entry) => fresh.includes(entry.photo));
  const verdict = judgeSet(verdicts.map((entry) => entry.verdict));
  scene.renew(form, 'proof');
  form.drafts.proof = null;
  switch (verdict.kind) {
    case 'shown':
      fillProof(scene, form, 'shown', null);
      scene.say('proof.shown', { serial });
      return;
    case 'another':
      form.drafts.proof = { another: verdict.short };
      form.strikes.proof = (form.strikes.proof ?? 0) + 1;
      return;
    case 'doubtful':
      fillProof(scene, form, 'unverified', 'doubtful');
      scene.say('proof.doubtful');
      return;
    case 'notRead':
      fillProof(scene, form, 'unverified', 'notRead');
      scene.say('proof.notRead');
      return;
    case 'unreadable':
      settleUnreadable(scene, form, verdict.why);
  }
}

/** The first unreadable photo is asked for again, with the reason; a second one traps nobody. */
function settleUnreadable(scene: Scene, form: Form, why: string): void {
  const usable = form.photos.some((p) => p.use === 'evidence' && p.reading?.outcome === 'read');
  if (usable && (form.strikes.proof ?? 0) >= 1) {
    fillProof(scene, form, 'unverified', why);
    scene.say('proof.unverified');
    return;
  }
  scene.refuse(form, 'proof', `proof.unreadable.${why}`);
}

function fillProof(
  scene: Scene,
  form: Form,
  verdict: 'shown' | 'unverified',
  why: string | null,
): void {
  scene.fill(form, 'proof', { verdict, why, photoIds: evidenceIds(form) });
}

export const proof: Slot = {
  name: 'proof',
  ask(scene, form) {
    if (form.slots.proof?.state === 'pending') return { key: 'photo.stillLooking' };
    const claimed = scene.value(form, 'serial')?.serial.short ?? '';
    const seen = form.drafts.proof?.another;
    if (!seen) {
      return {
        key: 'proof.ask',
        params: { serial: claimed },
        pictures: [form.strikes.proof ? 'photo-better' : 'label-where'],
      };
    }
    return {
      key: 'proof.another',
      params: { seen, claimed },
      choices: [
        scene.choice(form, 'proof', 'use', 'proof.choice.use', { params: { serial: seen } }),
        scene.choice(form, 'proof', 'photo', 'proof.choice.photo'),
        scene.action('human', 'choice.human'),
      ],
    };
  },
  explain: () => [{ key: 'proof.explain', pictures: ['photo-better'] }],
  hear(scene, form, text) {
    return keyOf(text, ANOTHER_WORDS) === 'photo' && this.choose(scene, form, 'photo');
  },
  choose(scene, form, value) {
    const seen = form.drafts.proof?.another;
    if (value === 'photo') {
      form.drafts.proof = null;
      scene.renew(form, 'proof');
      return true;
    }
    if (value !== 'use' || !seen) return false;
    fillSerial(scene, form, { short: seen }, 'label');
    return true;
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
    const known = judged(form, serial).some((entry) => entry.verdict.kind === 'shown');
    if (known) fillProof(scene, form, 'shown', null);
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
