import type { Form } from '../conversation.ts';
import type { Scene, Slot } from '../scene.ts';

/** A licence has a few pages at most. */
const MAX_PAGES = 5;

/**
 * Takes photos as pages of the business licence. Nothing is read in them: whether it is this
 * company's licence is for the office to see.
 */
export function takeLicence(scene: Scene, form: Form, blobIds: readonly string[]): void {
  const before = scene.value(form, 'licence')?.blobIds ?? [];
  const pages = [...before, ...blobIds];
  scene.asks = true;
  if (pages.length > MAX_PAGES) {
    for (const blobId of blobIds) scene.effects.push({ kind: 'dropBlob', blobId });
    scene.refuse(form, 'licence', 'licence.tooMany', { limit: MAX_PAGES });
    return;
  }
  scene.fill(form, 'licence', { blobIds: pages });
  scene.say('licence.taken', { count: pages.length });
}

/** Photos of the business licence. */
export const licence: Slot = {
  name: 'licence',
  ask: (scene, form) => ({
    key: 'licence.ask',
    takesFiles: true,
    choices: [scene.actionOn(form, 'cancel', 'verify.choice.stop')],
  }),
  explain: () => [{ key: 'licence.explain' }],
  hear: () => false,
  choose: () => false,
  forget(scene, form) {
    for (const blobId of scene.value(form, 'licence')?.blobIds ?? []) {
      scene.effects.push({ kind: 'dropBlob', blobId });
    }
  },
  show: (form) => {
    const slot = form.slots.licence;
    return slot?.state === 'filled'
      ? { key: 'licence.value', params: { count: slot.value.blobIds.length } }
      : null;
  },
};
