import {
  animatedWebp,
  codePicture,
  gifFile,
  heicFile,
  hugePicture,
  jpegBomb,
  labelPicture,
  noisePicture,
  pairPicture,
  pdfFile,
  plainPicture,
  pngBomb,
  printedLabel,
  type Spoil,
  shareQrPicture,
  svgFile,
  tiffBomb,
  truncatedJpeg,
  zipFile,
} from '../../pictures/index.ts';
import type { BadInput, Section } from './input.ts';

function photo(en: string, vi: string, draw: () => Promise<Buffer> | Buffer): BadInput {
  return { what: { en, vi }, send: async (person) => person.photo(await draw()) };
}

/** A label in print, as a bad camera sees it. */
function label(faults: Spoil): () => Promise<Buffer> {
  return () => printedLabel('D12345678', 'QWERTY', { jpeg: 80, ...faults });
}

const blurred = label({ blur: 12 });
const OTHER = { serial: 'E87654321', code: 'QWERTY', model: 'DS-7608NI-K2', seed: 3 };

export const photos: Section = {
  title: {
    en: 'Photos, while a photo of serial D12345678 is asked for',
    vi: 'Ảnh, khi trợ lý đang chờ ảnh thấy số seri D12345678',
  },
  at: 'proof',
  inputs: [
    photo('blurred', 'ảnh mờ', blurred),
    {
      what: {
        en: 'blurred a second time: nobody is trapped',
        vi: 'ảnh mờ lần thứ hai: không ai bị kẹt lại',
      },
      before: async (person) => person.photo(await blurred()),
      send: async (person) => person.photo(await label({ blur: 14 })()),
    },
    photo('dark', 'ảnh tối', label({ light: 0.015 })),
    photo('overexposed', 'ảnh cháy sáng', label({ light: 40 })),
    photo('very small', 'ảnh rất nhỏ', label({ side: 140 })),
    photo('no label in it', 'ảnh không có tem', plainPicture),
    photo('noise', 'ảnh nhiễu', noisePicture),
    photo('the label of another device', 'tem của thiết bị khác', () => labelPicture(OTHER)),
    photo('one character differs', 'khác một ký tự', () =>
      labelPicture({ ...OTHER, serial: 'D12345673' }),
    ),
    photo('two devices side by side', 'hai thiết bị cạnh nhau', () =>
      pairPicture('E87654321', 'F11223344'),
    ),
    photo('a QR code of some other text', 'mã QR của nội dung khác', () =>
      codePicture('qr', 'https://example.vn/menu'),
    ),
    photo(
      'a Hik-Connect share code, which carries passwords',
      'mã chia sẻ Hik-Connect, có mật khẩu bên trong',
      shareQrPicture,
    ),
    photo('a PNG that claims 60,000 × 60,000 pixels', 'PNG khai 60.000 × 60.000 điểm ảnh', () =>
      pngBomb(),
    ),
    photo(
      'a JPEG that claims 11,000 × 9,000 pixels',
      'JPEG khai 11.000 × 9.000 điểm ảnh',
      jpegBomb,
    ),
    photo('60 megapixels', '60 triệu điểm ảnh', hugePicture),
    photo('a file of 16 MB', 'file 16 MB', () =>
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(16 * 1024 * 1024)]),
    ),
    photo('a JPEG that stops half-way', 'JPEG đứt giữa chừng', () => truncatedJpeg()),
    photo('an animated GIF', 'ảnh GIF động', gifFile),
    photo('an animated WebP (its first frame counts)', 'WebP động (chỉ xem khung đầu)', () =>
      animatedWebp(),
    ),
    photo('HEIC, as an iPhone keeps it', 'HEIC của iPhone', heicFile),
    photo('TIFF', 'TIFF', tiffBomb),
    photo('SVG that would read a file', 'SVG tìm cách đọc file', svgFile),
    photo('a PDF sent as a photo', 'PDF gửi như ảnh', pdfFile),
    photo('an archive sent as a photo', 'file nén gửi như ảnh', () => zipFile()),
    photo('an empty file sent as a photo', 'file trống gửi như ảnh', () => Buffer.alloc(0)),
    {
      what: { en: 'an album without photos', vi: 'album không có ảnh' },
      send: (person) => person.untaken('emptyAlbum'),
    },
    {
      what: { en: 'eleven photos in one go', vi: 'mười một ảnh một lượt' },
      send: (person) => person.untaken('tooManyPhotos'),
    },
    {
      what: { en: 'a photo that the platform no longer has', vi: 'ảnh mà nền tảng không còn giữ' },
      send: (person) => person.tell({ type: 'attached', files: [{ ref: 'gone', kind: 'photo' }] }),
    },
    {
      what: { en: 'words instead of a photo', vi: 'tin chữ thay cho ảnh' },
      send: (person) => person.say('tem bị bong mất rồi'),
    },
  ],
};
