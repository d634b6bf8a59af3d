import { parseSerial, type Serial } from '../../domain/serial.ts';
import type { Form } from '../conversation.ts';
import { isOneOf, keyOf } from '../normalise.ts';
import type { Scene, Slot } from '../scene.ts';
import { YES_NO } from './words.ts';

type Source = NonNullable<Form['drafts']['serial']>['source'];

/** Asks "is it D12345678?" (or which of several) before anything is filled. */
export function proposeSerials(
  scene: Scene,
  form: Form,
  candidates: Serial[],
  source: Source,
  photoIds: string[] = [],
): void {
  form.drafts.serial = { candidates: candidates.slice(0, 4), source, photoIds };
  if (form.slots.serial?.state !== 'filled') scene.renew(form, 'serial');
  scene.asks = true;
}

/** Takes what a text says about the serial; false when it says nothing of the kind. */
export function takeSerialText(scene: Scene, form: Form, text: string): boolean {
  const parsed = parseSerial(text);
  switch (parsed.kind) {
    case 'serial':
      if (parsed.corrected) proposeSerials(scene, form, [parsed.serial], 'typed');
      else fillSerial(scene, form, parsed.serial, 'typed');
      return true;
    case 'ambiguous':
      proposeSerials(scene, form, parsed.candidates, 'typed');
      return true;
    case 'several':
      proposeSerials(scene, form, parsed.serials, 'typed');
      return true;
    case 'malformed':
      scene.refuse(form, 'serial', `serial.${parsed.problem}`, { seen: parsed.seen });
      return true;
    case 'none':
      return false;
  }
}

export function fillSerial(scene: Scene, form: Form, serial: Serial, source: Source): void {
  form.drafts.serial = null;
  form.drafts.proof = null;
  scene.fill(form, 'serial', { serial, source });
  scene.say('serial.taken', { serial: serial.short });
  scene.asks = true;
}

export const serial: Slot = {
  name: 'serial',
  ask(scene, form) {
    const draft = form.drafts.serial;
    const [only] = draft?.candidates ?? [];
    if (!draft || !only) return { key: 'serial.ask' };
    const none = scene.choice(form, 'serial', 'no', 'serial.choice.none');
    if (draft.candidates.length === 1) {
      return {
        key: draft.source === 'label' ? 'serial.confirmSeen' : 'serial.confirm',
        params: { serial: only.short },
        choices: [
          scene.choice(form, 'serial', 'c0', 'serial.choice.yes', { style: 'primary' }),
          none,
        ],
      };
    }
    return {
      key: 'serial.which',
      choices: [
        ...draft.candidates.map((candidate, index) =>
          scene.choice(form, 'serial', `c${index}`, 'serial.choice.this', {
            params: { serial: candidate.short },
          }),
        ),
        none,
      ],
    };
  },
  explain: () => [{ key: 'serial.explain', pictures: ['label-where'] }],
  hear(scene, form, text) {
    const draft = form.drafts.serial;
    if (draft) {
      const answer = keyOf(text, YES_NO);
      if (answer === 'no') return this.choose(scene, form, 'no');
      if (answer === 'yes' && draft.candidates.length === 1) return this.choose(scene, form, 'c0');
      const named = draft.candidates.findIndex((c) => isOneOf(text, [c.short]));
      if (named >= 0) return this.choose(scene, form, `c${named}`);
    }
    return takeSerialText(scene, form, text.raw);
  },
  choose(scene, form, value) {
    const draft = form.drafts.serial;
    const changed = /^to-([A-Z0-9]{9})$/.exec(value)?.[1];
    const parsed = changed ? parseSerial(changed) : null;
    if (parsed?.kind === 'serial') {
      fillSerial(scene, form, parsed.serial, 'typed');
      return true;
    }
    if (!draft) return false;
    if (value === 'no') {
      form.drafts.serial = null;
      if (form.slots.serial?.state !== 'filled') scene.renew(form, 'serial');
      return true;
    }
    const candidate = draft.candidates[Number(/^c(\d)$/.exec(value)?.[1])];
    if (!candidate) return false;
    fillSerial(scene, form, candidate, draft.source);
    return true;
  },
  show: (form) => {
    const slot = form.slots.serial;
    return slot?.state === 'filled'
      ? { key: 'serial.value', params: { serial: slot.value.serial.short } }
      : null;
  },
};
