import { sadpA, sadpB } from '../../conversations/strings.ts';
import { pdfFile, sadpQrPicture, shareQrPicture, zipFile } from '../../pictures/index.ts';
import { described, type Section, written } from './input.ts';

const SHARE = `QRC03010003${'eJxLy00sTs4vSk1RKEktLgEAJ1AFdA'.repeat(3)}`;
/** The beginning of a string, or twenty characters of its middle, which make no whole one together. */
function part(at: number): string {
  return at === 0 ? sadpA().slice(0, 21) : sadpA(`part ${at}`).slice(30, 50);
}

const OLD_FILE = '[D12345678]-[202611200900].xml';

export const strings: Section = {
  title: {
    en: 'SADP strings and files, while the SADP string is asked for',
    vi: 'Chuỗi SADP và file, khi trợ lý đang hỏi chuỗi SADP',
  },
  at: 'sadpString',
  inputs: [
    written('gửi rồi đó', 'words', 'tin chữ'),
    written('D12345678', 'the serial once more', 'gửi lại số seri'),
    described('a string that is cut off', 'chuỗi bị cắt mất phần cuối', sadpA().slice(0, 61)),
    {
      what: {
        en: 'more than twelve parts, and still no whole string',
        vi: 'hơn mười hai đoạn mà vẫn chưa thành chuỗi',
      },
      before: async (person) => {
        for (let at = 0; at < 13; at += 1) await person.say(part(at));
      },
      send: (person) => person.say(part(13)),
    },
    described(
      'a Hik-Connect share code, which carries passwords',
      'mã chia sẻ Hik-Connect, có mật khẩu bên trong',
      SHARE,
    ),
    {
      what: {
        en: 'a photo of such a share code',
        vi: 'ảnh chụp mã chia sẻ đó',
      },
      send: async (person) => person.photo(await shareQrPicture()),
    },
    {
      what: { en: 'a file exported three days ago', vi: 'file xuất từ ba ngày trước' },
      send: (person) => person.file(OLD_FILE, sadpB()),
    },
    {
      what: { en: 'a file named for another device', vi: 'file mang tên thiết bị khác' },
      send: (person) => person.file('[E87654321]-[202611230900].xml', sadpB()),
    },
    {
      what: { en: 'a file that is cut off', vi: 'file bị cắt mất phần cuối' },
      send: (person) => person.file('device.xml', sadpB().slice(0, 80)),
    },
    {
      what: { en: 'an empty file', vi: 'file trống' },
      send: (person) => person.file('device.xml', ''),
    },
    {
      what: { en: 'a file of notes', vi: 'file ghi chú' },
      send: (person) => person.file('ghi-chu.txt', 'mật khẩu wifi dán ở tủ rack'),
    },
    {
      what: { en: 'some other .xml file', vi: 'file .xml khác' },
      send: (person) => person.file('config.xml', '<?xml version="1.0"?><config><a>1</a></config>'),
    },
    {
      what: { en: 'an archive that is called .xml', vi: 'file nén đặt tên .xml' },
      send: (person) => person.file('device.xml', zipFile()),
    },
    {
      what: { en: 'a PDF', vi: 'file PDF' },
      send: (person) => person.file('hoa-don.pdf', Buffer.concat([pdfFile(), Buffer.alloc(40)])),
    },
    {
      what: { en: 'a program', vi: 'file chương trình' },
      send: (person) => person.file('setup.exe', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')),
    },
    {
      what: { en: 'a text of 300 kB', vi: 'file chữ 300 kB' },
      send: (person) => person.file('device.xml', 'A'.repeat(300 * 1024)),
    },
    {
      what: { en: 'a CSV with damaged serials', vi: 'file CSV có số seri hỏng' },
      send: (person) => person.file('thiet-bi.csv', 'STT,Serial\n1,D1234\n2,"E99\n3;;;\n'),
    },
    {
      what: { en: 'a CSV in a broken encoding', vi: 'file CSV sai bảng mã' },
      send: (person) =>
        person.file('thiet-bi.csv', Buffer.from([0x53, 0xff, 0xfe, 0x2c, 0x80, 0x0a])),
    },
    {
      what: { en: 'a QR code of some other text', vi: 'mã QR của nội dung khác' },
      send: async (person) => person.photo(await sadpQrPicture('https://example.vn/menu')),
    },
    {
      what: {
        en: 'a part of a string when nothing of the kind is asked for',
        vi: 'một đoạn chuỗi khi chưa hỏi đến',
      },
      at: 'serial',
      send: (person) => person.say(sadpA().slice(0, 61)),
    },
  ],
};
