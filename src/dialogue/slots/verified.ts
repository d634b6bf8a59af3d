import { batchOf } from '../batch.ts';
import type { Form } from '../conversation.ts';
import { keyOf } from '../normalise.ts';
import type { Choice, Reply } from '../reply.ts';
import type { Scene, Slot } from '../scene.ts';
import { isApplied } from '../verification.ts';
import { changeable, linesOf, SUBMIT_WORDS } from './review.ts';

const WORDS = {
  sendThen: [
    ...SUBMIT_WORDS,
    'tự gửi',
    'tự gửi khi xác minh xong',
    'gửi khi xác minh xong',
    'send once verified',
    'send it once verified',
  ],
} as const;

function isReviewed(form: Form): boolean {
  return form.slots.review?.state === 'filled';
}

function choicesOf(scene: Scene, form: Form): Choice[] {
  const primary = { style: 'primary' as const };
  return [
    ...(isApplied(scene) ? [] : [scene.action('verify', 'verify.choice.begin', '-', primary)]),
    ...(isReviewed(form)
      ? []
      : [scene.choice(form, 'verified', 'sendThen', 'verified.choice.sendThen')]),
    ...(changeable(scene, form).length > 0
      ? [scene.actionOn(form, 'correct', 'review.choice.change')]
      : []),
    scene.action('human', 'choice.human'),
  ];
}

/**
 * Fills when the account's company verification arrives. All else is filled when it is asked, so
 * the person looks through the case here and may have it leave by itself.
 */
export const verified: Slot = {
  name: 'verified',
  automatic: true,
  ask(scene, form): Reply {
    const applied = isApplied(scene) ? 'checking' : 'wait';
    const choices = choicesOf(scene, form);
    if (isReviewed(form)) return { key: `verified.leaves.${applied}`, choices };
    const lines = batchOf(scene, form).flatMap((one) => linesOf(scene, one));
    const refused = form.repairs?.reason === 'accountUnverified' && applied === 'wait';
    return {
      key: `verified.${applied}`,
      lines,
      choices,
      ...(refused ? { pictures: ['company-papers'] } : {}),
    };
  },
  explain: () => [{ key: 'verified.explain', pictures: ['company-papers'] }],
  hear(scene, form, text) {
    return keyOf(text, WORDS) === 'sendThen' && this.choose(scene, form, 'sendThen');
  },
  choose(scene, form, value) {
    if (value !== 'sendThen') return false;
    // A photo that is still being read may be a share code with passwords, or another device.
    if (form.album) scene.say('photo.stillLooking');
    else
      for (const one of batchOf(scene, form)) if (!isReviewed(one)) scene.fill(one, 'review', {});
    return true;
  },
};
