import { recogniseSadp } from '../../domain/sadp-string.ts';
import type { Form } from '../conversation.ts';
import { isOneOf, keyOf, mentions } from '../normalise.ts';
import type { Reply } from '../reply.ts';
import { fillString, takePiece, takeString } from '../sadp.ts';
import type { Scene, Slot } from '../scene.ts';
import { dropSecret, forgetStrings } from '../secrets.ts';

const TOPICS = {
  how: [
    'cách lấy',
    'lấy ở đâu',
    'lấy sao',
    'lấy thế nào',
    'làm sao lấy',
    'hướng dẫn lấy chuỗi',
    'xem cách lấy chuỗi',
    'how',
    'how do i get it',
    'where do i get it',
  ],
  noComputer: ['không có máy tính', 'không có laptop', 'no computer', 'i have no computer here'],
  codeBox: [
    'chỉ hiện ô mã bảo mật',
    'chỉ hiện ô nhập mã',
    'mã bảo mật',
    'security code',
    'it only shows a security code box',
    'only a security code box',
  ],
} as const satisfies Record<string, readonly string[]>;

/** Looked for inside a message: "em không có máy tính ở đây". */
const MENTIONED = {
  noComputer: [
    'không có máy tính',
    'ko có máy tính',
    'k có máy tính',
    'chưa có máy tính',
    'không mang máy tính',
    'không có máy vi tính',
    'không có laptop',
    'ko có laptop',
    'không mang laptop',
    'không mang theo laptop',
    'không có pc',
    'chỉ có điện thoại',
    'no computer',
    'no laptop',
    'no pc',
    'without a computer',
    'have a computer with me',
    "don't have a computer",
    'do not have a computer',
    "don't have a laptop",
    'only a phone',
    'only my phone',
  ],
  codeBox: [
    'security code',
    'mã bảo mật',
    'ô nhập mã',
    'ô mã',
    'code box',
    'start time',
    'không có nút export',
    'không thấy export',
    'no export button',
  ],
  how: [
    'lấy ở đâu',
    'cách lấy',
    'lấy thế nào',
    'lấy như thế nào',
    'làm sao lấy',
    'chuỗi sadp là gì',
    'sadp là gì',
    'where do i get',
    'how do i get',
    'how to get',
    'what is sadp',
    'what is the sadp string',
  ],
} as const;

const AGAIN = [
  'xuất lại',
  'gửi lại',
  'gửi lại từ đầu',
  'gửi file khác',
  'export again',
  'another file',
  'send it afresh',
];
const KEEP = ['vẫn dùng', 'dùng chuỗi này', 'use it anyway'];

function howTo(): Reply[] {
  return [
    { key: 'sadpString.how.get', pictures: ['sadp-get'] },
    { key: 'sadpString.how.forgot', pictures: ['sadp-forgot-password'] },
    { key: 'sadpString.how.export', pictures: ['sadp-export'] },
    { key: 'sadpString.how.send', pictures: ['sadp-send'] },
  ];
}

function tell(scene: Scene, topic: keyof typeof TOPICS): void {
  if (topic === 'how') for (const reply of howTo()) scene.reply(reply);
  else {
    scene.say(`sadpString.${topic}`, undefined, {
      choices: [scene.action('human', 'choice.human')],
    });
  }
  scene.asks = true;
}

function askMisnamed(scene: Scene, form: Form, fileSerial: string): Reply {
  return {
    key: 'sadpString.misnamed',
    params: { fileSerial, serial: scene.value(form, 'serial')?.serial.short ?? '' },
    choices: [
      scene.choice(form, 'sadpString', 'again', 'sadpString.choice.again', { style: 'primary' }),
      scene.choice(form, 'sadpString', 'keep', 'sadpString.choice.keep'),
      scene.action('correct', 'choice.changeSerial', 'serial'),
    ],
  };
}

export const sadpString: Slot = {
  name: 'sadpString',
  ask(scene, form) {
    if (form.slots.sadpString?.state === 'pending') return { key: 'photo.stillLooking' };
    const misnamed = form.drafts.misnamed?.fileSerial;
    if (misnamed) return askMisnamed(scene, form, misnamed);
    if (form.drafts.pieces.length) {
      return {
        key: 'sadpString.more',
        params: { count: form.drafts.pieces.length },
        takesFiles: true,
        choices: [scene.choice(form, 'sadpString', 'again', 'sadpString.choice.fresh')],
      };
    }
    const network = scene.value(form, 'network')?.network;
    return {
      key: network === 'lan' ? 'sadpString.askUnsighted' : 'sadpString.ask',
      takesFiles: true,
      // What was refused is exported afresh.
      ...(form.repairs?.reason === 'sadpStringInvalid' ? { pictures: ['sadp-export'] } : {}),
      choices: [
        scene.choice(form, 'sadpString', 'how', 'sadpString.choice.how'),
        scene.choice(form, 'sadpString', 'noComputer', 'sadpString.choice.noComputer'),
        scene.choice(form, 'sadpString', 'codeBox', 'sadpString.choice.codeBox'),
      ],
    };
  },
  explain: howTo,
  hear(scene, form, text) {
    const recognised = recogniseSadp(text.raw);
    if (recognised.kind === 'complete') {
      takeString(scene, form, recognised, { source: 'text' });
      return true;
    }
    if (recognised.kind === 'piece') {
      takePiece(scene, form, recognised.text);
      return true;
    }
    if (form.drafts.misnamed && isOneOf(text, KEEP)) return this.choose(scene, form, 'keep');
    if (isOneOf(text, AGAIN)) return this.choose(scene, form, 'again');
    const topic = keyOf(text, TOPICS);
    const mentioned = (Object.keys(MENTIONED) as (keyof typeof MENTIONED)[]).find((key) =>
      mentions(text, MENTIONED[key]),
    );
    const meant = topic ?? mentioned;
    if (!meant) return false;
    tell(scene, meant);
    return true;
  },
  choose(scene, form, value) {
    const misnamed = form.drafts.misnamed;
    if (value === 'keep' && misnamed) {
      fillString(scene, form, misnamed);
      return true;
    }
    if (value === 'again') {
      this.dismiss?.(scene, form);
      return true;
    }
    if (value !== 'how' && value !== 'noComputer' && value !== 'codeBox') return false;
    tell(scene, value);
    return true;
  },
  doubt: (form) => form.drafts.misnamed !== null,
  dismiss(scene, form) {
    forgetStrings(scene, form);
    scene.renew(form, 'sadpString');
  },
  forget(scene, form) {
    const ref = scene.value(form, 'sadpString')?.ref;
    const { pieces, misnamed } = form.drafts;
    if (ref && !pieces.includes(ref) && misnamed?.ref !== ref) dropSecret(scene, ref);
  },
  dependencyChanged(scene, form) {
    const value = scene.value(form, 'sadpString') ?? form.drafts.misnamed;
    const claimed = scene.value(form, 'serial')?.serial.short;
    if (!value || !claimed || !value.fileSerial) return;
    if (value.fileSerial === claimed) {
      if (form.drafts.misnamed) fillString(scene, form, value);
      return;
    }
    form.drafts.misnamed = value;
    scene.empty(form, 'sadpString');
  },
  show: (form) => {
    const slot = form.slots.sadpString;
    return slot?.state === 'filled' ? { key: `sadpString.value.${slot.value.source}` } : null;
  },
};
