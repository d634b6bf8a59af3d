import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { plainPicture } from './pages.ts';
import { seeded } from './random.ts';

/** One PNG chunk: length, type, data, checksum. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A PNG of under 100 bytes that claims width x height pixels: decoding it naively takes gigabytes. */
export function pngBomb(width = 60_000, height = 60_000): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A true 60-megapixel PNG (10000 x 6000, one colour), as some phones take; small as a file. */
export function hugePicture(): Promise<Buffer> {
  return sharp({ create: { width: 10_000, height: 6_000, channels: 3, background: '#808080' } })
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
}

/** A JPEG that ends after `share` of its bytes, as a broken upload does. */
export async function truncatedJpeg(share = 0.4): Promise<Buffer> {
  const whole = await plainPicture();
  return whole.subarray(0, Math.floor(whole.length * share));
}

/** A zip archive with one file, whatever it is called. */
export function zipFile(text = 'not a picture'): Buffer {
  const name = Buffer.from('a.txt');
  const data = deflateRawSync(Buffer.from(text));
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc32(text), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(Buffer.byteLength(text), 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, data]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\0', 'latin1'),
    fields,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** A JPEG with a zip behind its last byte: a picture to one program, an archive to another. */
export async function polyglotJpeg(): Promise<Buffer> {
  return Buffer.concat([await plainPicture(), zipFile('hidden passenger')]);
}

/** A GIF header that claims 65535 x 65535. */
export function gifFile(): Buffer {
  return Buffer.from(
    'GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0;',
    'latin1',
  );
}

/** An SVG that would read a file if anything rendered it. */
export function svgFile(): Buffer {
  return Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="file:///etc/passwd" width="9" height="9"/></svg>',
  );
}

/** The first bytes of a HEIC photo, as iPhones send when nothing converts it. */
export function heicFile(): Buffer {
  return Buffer.concat([
    Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.alloc(2000),
  ]);
}

/** A small JPEG whose header claims 11000 x 9000: a decoder that believes it takes gigabytes. */
export async function jpegBomb(): Promise<Buffer> {
  const file = await plainPicture();
  for (let at = 2; at < file.length; at += 2 + file.readUInt16BE(at + 2)) {
    const mark = file.readUInt16BE(at);
    if (mark < 0xffc0 || mark > 0xffc2) continue;
    file.writeUInt16BE(9_000, at + 5);
    file.writeUInt16BE(11_000, at + 7);
    break;
  }
  return file;
}

/** A TIFF header that claims 60000 x 60000. */
export function tiffBomb(): Buffer {
  const entries = [
    [256, 60_000],
    [257, 60_000],
    [259, 1],
  ];
  const file = Buffer.alloc(10 + entries.length * 12 + 4);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(entries.length, 8);
  for (const [index, [tag = 0, value = 0]] of entries.entries()) {
    file.writeUInt16LE(tag, 10 + index * 12);
    file.writeUInt16LE(4, 12 + index * 12);
    file.writeUInt32LE(1, 14 + index * 12);
    file.writeUInt32LE(value, 18 + index * 12);
  }
  return file;
}

/** A PDF, whatever it is called. */
export function pdfFile(): Buffer {
  return Buffer.from(
    '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>',
  );
}

/** Noise from end to end, 1600 x 1600: every binarizer sees patterns in it. */
export function noisePicture(side = 1600): Promise<Buffer> {
  const random = seeded(5);
  const data = Uint8Array.from({ length: side * side }, () => random() * 256);
  return sharp(data, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}

/** Nothing but the corner marks of QR codes: each three of them may be a code. */
export function finderPage(side = 1600): Promise<Buffer> {
  const marks: string[] = [];
  for (let y = 0; y < side; y += 100) {
    for (let x = 0; x < side; x += 100) {
      marks.push(
        `<path d="M${x + 8} ${y + 8}h84v84h-84zm12 12v60h60v-60z" fill-rule="evenodd"/><rect x="${x + 32}" y="${y + 32}" width="36" height="36"/>`,
      );
    }
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="${side}" height="${side}" fill="#fff"/>${marks.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** A WebP of many frames that repeats for ever. */
export function animatedWebp(frames = 60): Promise<Buffer> {
  const [width, height] = [320, 240];
  const data = Uint8Array.from({ length: width * height * frames * 3 }, (_, i) => (i >> 9) % 256);
  return sharp(data, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .webp({ loop: 0, quality: 30, effort: 0 })
    .toBuffer();
}
