import type { Untaken } from '../../../src/dialogue/event.ts';
import type { BadInput, Section } from './input.ts';

function untaken(en: string, vi: string, what: Untaken): BadInput {
  return { what: { en, vi }, send: (person) => person.untaken(what) };
}

export const kinds: Section = {
  title: {
    en: 'Other kinds of message, while the serial is asked for',
    vi: 'Loại tin khác, khi trợ lý đang hỏi số seri',
  },
  at: 'serial',
  inputs: [
    untaken('a voice message', 'tin thoại', 'voice'),
    untaken('a video', 'video', 'video'),
    untaken('a sticker', 'nhãn dán', 'sticker'),
    untaken('a location', 'vị trí', 'location'),
    untaken('a contact', 'danh thiếp', 'contact'),
    untaken('a poll, a game, a payment', 'bình chọn, trò chơi, thanh toán', 'other'),
    untaken(
      'a file that Zalo keeps from bots',
      'file mà Zalo không chuyển cho bot',
      'notHandedOver',
    ),
    {
      what: {
        en: 'forty-one stickers within a minute',
        vi: 'bốn mươi mốt nhãn dán trong một phút',
      },
      before: async (person) => {
        for (let count = 0; count < 38; count += 1) await person.untaken('sticker');
      },
      send: (person) => person.untaken('sticker'),
    },
  ],
};
