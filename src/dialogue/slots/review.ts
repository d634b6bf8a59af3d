import { promise } from '../../domain/promise.ts';
import type { Form, SlotName } from '../conversation.ts';
import { keyOf } from '../normalise.ts';
import { isStale } from '../sadp.ts';
import type { Scene, Slot } from '../scene.ts';

const WORDS = {
  submit: ['gửi', 'gửi đi', 'gửi hồ sơ', 'đồng ý gửi', 'ok gửi', 'gửi luôn', 'submit', 'send', 'send it', 'ok', 'có', 'yes', 'vâng'],
  change: ['sửa', 'sửa lại', 'thay đổi', 'sửa một mục', 'change', 'edit', 'change something'],
} as const;

/** Says before sending what the person can still do something about. */
function warn(scene: Scene, form: Form): void {
  const made = promise(scene.context.calendar, scene.event.at, scene.context.settings.slaMinutes);
  if (made.why === 'inHours') return;
  const string = scene.value(form, 'sadpString');
  const needed = scene.needed(form).includes('sadpString');
  if (string && needed && made.opensAt !== null && isStale(scene, string, made.opensAt)) {
    scene.say('review.staleByThen', { opensAt: made.opensAt });
  }
}

/** The slots that the review shows and the person may change, in the flow's order. */
export function changeable(scene: Scene, form: Form): SlotName[] {
  return scene.needed(form).filter((name) => scene.slots[name].show !== undefined);
}

export function askWhich(scene: Scene, form: Form): void {
  scene.say('correct.which', undefined, {
    choices: changeable(scene, form).map((name) =>
      scene.action('correct', `slot.${name}`, name),
    ),
  });
}

export const review: Slot = {
  name: 'review',
  ask(scene, form) {
    warn(scene, form);
    const { calendar, settings } = scene.context;
    const made = promise(calendar, scene.event.at, settings.slaMinutes);
    const lines = changeable(scene, form).flatMap((name) => {
      const shown = scene.slots[name].show?.(form);
      return shown ? [{ label: `slot.${name}`, ...shown }] : [];
    });
    return {
      key: 'review.ask',
      lines: [
        ...lines,
        {
          label: 'review.answer',
          key: `promise.${made.why}`,
          params: { minutes: settings.slaMinutes, answerBy: made.answerBy },
        },
      ],
      choices: [
        scene.choice(form, 'review', 'submit', 'review.choice.submit', { style: 'primary' }),
        scene.choice(form, 'review', 'change', 'review.choice.change'),
      ],
    };
  },
  explain: () => [{ key: 'review.explain' }],
  hear(scene, form, text) {
    const answer = keyOf(text, WORDS);
    return answer !== null && this.choose(scene, form, answer);
  },
  choose(scene, form, value) {
    if (value === 'submit') {
      scene.fill(form, 'review', {});
      return true;
    }
    if (value !== 'change') return false;
    askWhich(scene, form);
    scene.asks = false;
    return true;
  },
};
