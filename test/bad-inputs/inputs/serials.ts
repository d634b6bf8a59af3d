import { described, type Section, written } from './input.ts';

/** Twelve serials, more than are taken in one go. */
const TWELVE = Array.from({ length: 12 }, (_, index) => `E${20_000_001 + index}`).join('\n');

export const serials: Section = {
  title: {
    en: 'Serials, while the serial is asked for',
    vi: 'Số seri, khi trợ lý đang hỏi số seri',
  },
  at: 'serial',
  inputs: [
    written('D1234567', 'a character too few', 'thiếu một ký tự'),
    written('D123456789', 'a character too many', 'thừa một ký tự'),
    written('ABCDEFGHI', 'nine letters', 'chín chữ cái'),
    written('DSC123456', 'three letters', 'ba chữ cái'),
    written('DO1234567', 'letter O or figure 0', 'chữ O hay số 0'),
    written('Dl2345678', 'letter l for figure 1', 'chữ l thay số 1'),
    written('d 1234 5678', 'spaces between', 'có dấu cách ở giữa'),
    described(
      'zero-width characters between',
      'xen ký tự không nhìn thấy',
      'D12\u200b345\u200d678',
    ),
    written('Ｄ１２３４５６７８', 'wide letters', 'chữ toàn khổ'),
    described('turned round by a direction mark', 'có dấu đảo chiều chữ', '\u202eD12345678\u202c'),
    written('<b>D12345678</b>', 'HTML around it', 'có thẻ HTML'),
    written('Material: 301500123', 'the material number', 'mã vật tư'),
    written('DS-2CD2043G2-I', 'the model', 'mã sản phẩm'),
    written('ABCDEF', 'the verification code', 'mã xác minh trên tem'),
    written('A4:14:37:12:34:56', 'the MAC address', 'địa chỉ MAC'),
    written('192.168.1.64', 'the IP address', 'địa chỉ IP'),
    written('0912 345 678', 'a phone number', 'số điện thoại'),
    written('https://example.vn/d/12345', 'a link', 'đường dẫn web'),
    written('D12345678 hoặc E12345678', 'two of them', 'hai số seri'),
    described('twelve of them in one message', 'mười hai số seri trong một tin', TWELVE),
    {
      what: { en: 'all of those twelve', vi: 'chọn tất cả mười hai thiết bị' },
      before: (person) => person.say(TWELVE),
      send: (person) => person.say('1'),
    },
    {
      what: {
        en: 'a serial for which one has an open case',
        vi: 'số seri đã có hồ sơ đang mở của chính mình',
      },
      at: 'sent',
      before: async (person) => {
        await person.say('/new');
        await person.say('2');
      },
      send: (person) => person.say(person.serial),
    },
  ],
};
