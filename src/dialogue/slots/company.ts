import type { Slot } from '../scene.ts';

const MAX_NAME = 150;

/** The company's name. No company is called "help" or "cancel", so that such words mean what they say. */
export const company: Slot = {
  name: 'company',
  ask: (scene, form) => ({
    key: 'company.ask',
    choices: [scene.actionOn(form, 'cancel', 'verify.choice.stop')],
  }),
  explain: () => [{ key: 'company.explain' }],
  hear(scene, form, text) {
    const name = text.raw.replace(/\s+/g, ' ').trim();
    if (name.length > MAX_NAME) {
      scene.refuse(form, 'company', 'company.tooLong', { limit: MAX_NAME });
      return true;
    }
    if (!/\p{L}.*\p{L}/u.test(name)) return false;
    scene.fill(form, 'company', { name });
    return true;
  },
  choose: () => false,
  show: (form) => {
    const slot = form.slots.company;
    return slot?.state === 'filled'
      ? { key: 'company.value', params: { name: slot.value.name } }
      : null;
  },
};
