import { readLinkCode } from '../../../src/domain/link-code.ts';
import type { Person, Written } from '../person.ts';
import type { Section } from './input.ts';

const LABELS: Record<Written, { other: string; view: string }> = {
  vi: { other: 'Mạng khác', view: 'Xem hồ sơ' },
  en: { other: 'Another network', view: 'My cases' },
};

/** The link code that somebody else has just asked for. */
async function codeOf(other: Person): Promise<string> {
  await other.say('/link');
  const words = other.screen.at(-1)?.text.split(/\s/) ?? [];
  const code = words.find((word) => word.length === 11 && readLinkCode(word) !== null);
  if (!code) throw new Error('No code was given out.');
  return code;
}

export const moments: Section = {
  title: {
    en: 'Old buttons, second deliveries, edits and links, while a photo is asked for',
    vi: 'Nút cũ, tin gửi trùng, tin sửa và liên kết, khi trợ lý đang chờ ảnh',
  },
  at: 'proof',
  inputs: [
    {
      what: { en: 'a button of an earlier step', vi: 'nút của bước trước' },
      send: (person) => person.press(LABELS[person.language].other, 'oldest'),
    },
    {
      what: { en: 'a button that nobody made', vi: 'nút không ai tạo ra' },
      send: (person) => person.tell({ type: 'choice', token: 'f1:review:0:submit' }),
    },
    {
      what: { en: 'the send button a second time', vi: 'bấm nút gửi lần thứ hai' },
      at: 'review',
      before: (person) => person.say('1'),
      send: async (person) => {
        const label = { vi: 'Gửi hồ sơ', en: 'Send the case' }[person.language];
        await person.press(label, 'oldest');
      },
    },
    {
      what: {
        en: 'the same message delivered twice by the platform',
        vi: 'nền tảng giao cùng một tin hai lần',
      },
      before: (person) =>
        person.tell({ type: 'text', eventId: `twice-${person.chatId}`, text: '?' }),
      send: (person) => person.tell({ type: 'text', eventId: `twice-${person.chatId}`, text: '?' }),
    },
    {
      what: { en: 'a typing error mended by an edit', vi: 'sửa tin gõ sai' },
      at: 'serial',
      before: (person) => person.say('D1234567', { messageId: 'm1' }),
      send: (person) => person.say('D12345678', { messageId: 'm1', edited: true }),
    },
    {
      what: { en: 'an edit of a message whose step is over', vi: 'sửa tin của bước đã qua' },
      send: (person) => person.say('cảm ơn', { messageId: 'm9', edited: true }),
    },
    {
      what: {
        en: 'a message deleted in the chat (platforms do not tell bots)',
        vi: 'xóa tin trong khung chat (nền tảng không báo cho bot)',
      },
      send: async () => {},
    },
    {
      what: {
        en: 'a serial that somebody else has an open case for, sent',
        vi: 'gửi hồ sơ cho số seri đang có hồ sơ của người khác',
      },
      at: 'sent',
      by: (owner) => owner.another('review', owner.serial),
      send: (person) => person.say('1'),
    },
    {
      what: { en: 'the link to a case of somebody else', vi: 'mở liên kết hồ sơ của người khác' },
      send: (person) => person.tell({ type: 'opened', caseRef: 'UB-000001' }),
    },
    {
      what: { en: 'a link code that nobody was given', vi: 'mã liên kết không ai cấp' },
      send: (person) => person.say('KKK-TTT-BCF'),
    },
    {
      what: { en: 'a link code after its 15 minutes', vi: 'mã liên kết quá 15 phút' },
      send: async (person) => {
        const code = await codeOf(await person.another('network'));
        person.later(16 * 60_000);
        await person.say(code);
      },
    },
    {
      what: { en: 'a sixth wrong link code', vi: 'mã liên kết sai lần thứ sáu' },
      before: async (person) => {
        for (let count = 0; count < 5; count += 1) await person.say('KKK-TTT-BCF');
      },
      send: (person) => person.say('KKK-TTT-BCF'),
    },
  ],
};
