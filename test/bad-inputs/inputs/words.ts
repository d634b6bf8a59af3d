import { described, type Section, written } from './input.ts';

export const words: Section = {
  title: { en: 'Words, while the network is asked for', vi: 'Tin chữ, khi trợ lý đang hỏi mạng' },
  at: 'network',
  inputs: [
    described('nothing but spaces', 'chỉ có dấu cách', '   '),
    written('🙏🙏', 'emoji alone', 'chỉ có biểu tượng'),
    written('???', 'signs alone', 'chỉ có dấu'),
    written('asdf qwer zxcv', 'nonsense', 'chữ vô nghĩa'),
    {
      what: { en: 'nonsense a second time', vi: 'chữ vô nghĩa lần thứ hai' },
      before: (person) => person.say('asdf qwer zxcv'),
      send: (person) => person.say('qwer asdf'),
    },
    {
      what: { en: 'nonsense a third time', vi: 'chữ vô nghĩa lần thứ ba' },
      before: async (person) => {
        await person.say('asdf qwer zxcv');
        await person.say('qwer asdf');
      },
      send: (person) => person.say('zxcv'),
    },
    described('100 kB of words', '100 kB chữ', 'a '.repeat(50_000)),
    written('你好，我要解绑设备', 'Chinese', 'tiếng Trung'),
    written('Здравствуйте, помогите', 'Russian', 'tiếng Nga'),
    written('សួស្តី', 'Khmer', 'tiếng Khmer'),
    written('مرحبا', 'Arabic, from right to left', 'tiếng Ả Rập, viết từ phải sang trái'),
    described(
      'zero-width characters alone',
      'chỉ có ký tự không nhìn thấy',
      '\u200b\u200d\u2060\ufeff',
    ),
    written("'; DROP TABLE cases; --", 'SQL', 'câu lệnh SQL'),
    written('<script>alert(1)</script>', 'a script', 'đoạn mã script'),
    written('{{serial}} $t(slot.serial)', 'a template', 'mẫu thay chữ'),
    written('../../etc/passwd', 'a path', 'đường dẫn file hệ thống'),
    written('7', 'a number that no button has', 'số không có nút nào'),
    written('cần hủy liên kết thiết bị', 'a cancel word in a sentence', 'chữ “hủy” trong câu'),
    written('em tên Huy', 'a name that looks like a word of a button', 'tên người giống chữ “hủy”'),
    written('please do not cancel it', 'a cancel word in a sentence', 'chữ “cancel” trong câu'),
    written(
      'hủy',
      'the cancel word alone: asked before anything is lost',
      'chỉ chữ “hủy”: hỏi lại trước khi bỏ',
    ),
  ],
};
