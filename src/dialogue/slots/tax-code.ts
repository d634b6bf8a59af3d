import { readTaxCode } from '../../domain/tax-code.ts';
import type { Slot } from '../scene.ts';

/** The company's tax code, whose check digit tells a slip of the finger at once. */
export const taxCode: Slot = {
  name: 'taxCode',
  ask: (scene, form) => ({
    key: 'taxCode.ask',
    choices: [scene.actionOn(form, 'cancel', 'verify.choice.stop')],
  }),
  explain: () => [{ key: 'taxCode.explain' }],
  hear(scene, form, text) {
    const read = readTaxCode(text.raw);
    if (read.kind === 'none') return false;
    if (read.kind === 'taxCode') scene.fill(form, 'taxCode', { code: read.code });
    else if (read.kind === 'length') {
      scene.refuse(form, 'taxCode', 'taxCode.length', { digits: read.digits });
    } else scene.refuse(form, 'taxCode', 'taxCode.mistyped', { code: read.code });
    return true;
  },
  choose: () => false,
  show: (form) => {
    const slot = form.slots.taxCode;
    return slot?.state === 'filled'
      ? { key: 'taxCode.value', params: { code: slot.value.code } }
      : null;
  },
};
