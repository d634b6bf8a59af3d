import { batchOf } from '../batch.ts';
import type { SlotName } from '../conversation.ts';
import { sayIdle } from '../greeting.ts';
import { sayLocked } from '../handoff.ts';
import { fold, keyOf } from '../normalise.ts';
import { askWhat, askWhich, changeable } from '../slots/review.ts';
import type { Pattern } from './pattern.ts';

const VERB =
  /^(?:sua|doi|thay|thay doi|nham|sai|change|edit|correct|fix|wrong) (?:lai |the |my )?(?<what>.+)$/;
/** "Số seri sai, đổi lại". */
const WRONG =
  /^(?:the )?(?<what>.+?) (?:bi )?(?:sai|nham|is wrong|wrong)(?: roi)?(?:,? (?:doi|sua) lai)?$/;

/** "Sửa D12345678": a device of those that are filled in together. */
const DEVICE = /^(?:sua|change) ([a-z0-9]{2}\d{7})$/;

const NAMES = {
  network: ['mạng', 'loại mạng', 'network'],
  serial: [
    'serial',
    'số serial',
    'mã serial',
    'seri',
    'số seri',
    'mã seri',
    'sê ri',
    'số sê ri',
    'serial number',
    'sn',
  ],
  proof: ['ảnh', 'hình', 'ảnh chụp', 'hình ảnh', 'ảnh tem', 'photo', 'photos', 'picture', 'image'],
  sadpString: ['chuỗi', 'chuỗi sadp', 'file sadp', 'tệp', 'file', 'sadp', 'string', 'sadp string'],
  answer: ['câu trả lời', 'answer'],
  company: ['công ty', 'tên công ty', 'company', 'company name'],
  taxCode: ['mã số thuế', 'mst', 'tax code', 'tax number'],
  licence: ['giấy phép', 'giấy phép kinh doanh', 'giấy đăng ký', 'licence', 'license'],
  phone: ['điện thoại', 'số điện thoại', 'sđt', 'phone', 'phone number', 'telephone'],
} as const satisfies Partial<Record<SlotName, readonly string[]>>;

export const correct: Pattern = {
  name: 'correct',
  phrases: [
    'sửa',
    'sửa lại',
    'sửa một mục',
    'change an item',
    'thay đổi',
    'đổi',
    'nhầm rồi',
    'nhầm',
    'em nhầm',
    'change',
    'edit',
    'correct something',
    'change something',
  ],
  commands: ['change', 'sua'],
  valueIn(message) {
    const device = DEVICE.exec(message.plain)?.[1];
    if (device) return device.toUpperCase();
    const said = VERB.exec(message.plain) ?? WRONG.exec(message.plain);
    const what = said?.groups?.what;
    return what ? keyOf(fold(what), NAMES) : null;
  },
  run(scene, value) {
    const form = scene.focus;
    if (!form) {
      sayIdle(scene, 'correct.nothing');
      return;
    }
    const device = batchOf(scene, form).find(
      (one) => one.batch !== null && scene.value(one, 'serial')?.serial.short === value,
    );
    if (device) {
      scene.conversation.focus = device.id;
      askWhich(scene, device);
      scene.asks = false;
      return;
    }
    const name = changeable(scene, form).find((slot) => slot === value);
    if (!name) {
      askWhat(scene, form);
      scene.asks = false;
      return;
    }
    scene.asks = 'position';
    if ((form.slots[name]?.state ?? 'empty') === 'empty') {
      scene.say('correct.notYet', { slot: name });
      return;
    }
    if (scene.isLocked(form, name)) {
      sayLocked(scene, name);
      return;
    }
    scene.empty(form, name);
    scene.say('correct.done', { slot: name });
  },
};
