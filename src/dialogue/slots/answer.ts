import { withoutVerificationCode } from '../../domain/label.ts';
import type { Slot } from '../scene.ts';

const MAX_ANSWER = 2000;

/** An agent's own question, answered in free words. */
export const answer: Slot = {
  name: 'answer',
  freeText: true,
  ask: (_scene, form) => ({ key: 'answer.ask', params: { question: form.question ?? '' } }),
  explain: (_scene, form) => [{ key: 'answer.explain', params: { question: form.question ?? '' } }],
  hear(scene, form, text) {
    if (text.raw === '') return false;
    if (text.raw.length > MAX_ANSWER) {
      scene.refuse(form, 'answer', 'answer.tooLong', { limit: MAX_ANSWER });
      return true;
    }
    scene.fill(form, 'answer', { text: withoutVerificationCode(text.raw) });
    return true;
  },
  choose: () => false,
  dependencyChanged: () => {},
  show: (form) => {
    const slot = form.slots.answer;
    return slot?.state === 'filled'
      ? { key: 'answer.value', params: { answer: slot.value.text } }
      : null;
  },
};
