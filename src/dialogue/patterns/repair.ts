import type { Form } from '../conversation.ts';
import { waitingRepairs } from '../forms.ts';
import { sayIdle } from '../greeting.ts';
import type { Choice } from '../reply.ts';
import type { Scene } from '../scene.ts';
import type { Pattern } from './pattern.ts';

/** Moves the focus to a form that was waiting. */
export function resume(scene: Scene, form: Form): void {
  scene.conversation.focus = form.id;
  scene.asks = true;
  if (form.repairs) {
    scene.say('repair.begin', { number: form.repairs.number, serial: form.repairs.serial });
  } else scene.say('repair.resumed');
}

/** Buttons that begin the repairs of these forms. */
export function repairChoices(scene: Scene, forms: readonly Form[]): Choice[] {
  return forms.flatMap((form) =>
    form.repairs
      ? [
          scene.actionOn(form, 'repair', 'choice.fixCase', 'begin', {
            params: { number: form.repairs.number },
          }),
        ]
      : [],
  );
}

/** "Fix it": the newest repair that waits. */
export const repair: Pattern = {
  name: 'repair',
  phrases: [
    'sửa ngay',
    'sửa hồ sơ',
    'sửa hồ sơ bị từ chối',
    'bổ sung',
    'bổ sung hồ sơ',
    'bổ sung ngay',
    'fix now',
    'fix it',
    'fix the case',
  ],
  commands: ['fix', 'bosung'],
  run(scene) {
    const [form] = waitingRepairs(scene);
    scene.asks = true;
    if (form) resume(scene, form);
    else if (scene.focus) scene.say('repair.nothing');
    else sayIdle(scene, 'repair.nothing');
  },
};
