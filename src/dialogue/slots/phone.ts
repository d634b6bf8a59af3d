import { readPhone, writePhone } from '../../domain/phone.ts';
import type { Slot } from '../scene.ts';

/** A telephone number at which the office reaches the company. */
export const phone: Slot = {
  name: 'phone',
  ask: (scene, form) => ({
    key: 'phone.ask',
    choices: [scene.actionOn(form, 'cancel', 'verify.choice.stop')],
  }),
  explain: () => [{ key: 'phone.explain' }],
  hear(scene, form, text) {
    const number = readPhone(text.raw);
    if (number === null) return false;
    scene.fill(form, 'phone', { number });
    return true;
  },
  choose: () => false,
  show: (form) => {
    const slot = form.slots.phone;
    return slot?.state === 'filled'
      ? { key: 'phone.value', params: { number: writePhone(slot.value.number) } }
      : null;
  },
};
