import type { SlotName } from '../conversation.ts';
import { fold, keyOf } from '../normalise.ts';
import { askWhich, changeable } from '../slots/review.ts';
import type { Pattern } from './pattern.ts';

const VERB = /^(?:sửa|sửa lại|đổi|thay đổi|đổi lại|thay|sua|sua lai|doi|thay doi|doi lai|change|edit|correct|fix|wrong|sai) (?:lại |lai |the |my )?(?<what>.+)$/;

const NAMES = {
  network: ['mạng', 'loại mạng', 'network'],
  serial: ['serial', 'số serial', 'seri', 'số seri', 'sê ri', 'số sê ri', 'serial number', 'sn'],
  proof: ['ảnh', 'hình', 'ảnh chụp', 'hình ảnh', 'photo', 'photos', 'picture', 'image'],
  sadpString: ['chuỗi', 'chuỗi sadp', 'file sadp', 'file', 'sadp', 'string', 'sadp string'],
  answer: ['câu trả lời', 'answer'],
} as const satisfies Partial<Record<SlotName, readonly string[]>>;

export const correct: Pattern = {
  name: 'correct',
  phrases: ['sửa', 'sửa lại', 'thay đổi', 'đổi', 'nhầm rồi', 'nhầm', 'change', 'edit', 'correct something', 'change something'],
  commands: ['change', 'sua'],
  valueIn(message) {
    const what = VERB.exec(message.raw.toLowerCase())?.groups?.what;
    if (!what) return null;
    return keyOf(fold(what), NAMES);
  },
  run(scene, value) {
    const form = scene.focus;
    scene.asks = true;
    if (!form) {
      scene.say('correct.nothing');
      return;
    }
    const name = changeable(scene, form).find((slot) => slot === value);
    if (!name) {
      askWhich(scene, form);
      scene.asks = false;
      return;
    }
    if (form.slots[name]?.state === 'filled') {
      scene.empty(form, name);
      scene.say('correct.done', { slot: name });
    }
  },
};
