import type { RefusedPicture } from './contract.ts';
import { INTAKE } from './plan.ts';

/** Formats that are decoded. */
export type PictureFormat = 'jpeg' | 'png' | 'webp';

/** ISO base media brands of still pictures that phones and browsers write (HEIF, AVIF). */
const HEIF_BRANDS = [
  'heic',
  'heix',
  'hevc',
  'hevx',
  'heim',
  'heis',
  'mif1',
  'msf1',
  'avif',
  'avis',
];

/** First bytes of picture formats that are known but not decoded. */
const OTHER_PICTURES = [
  'GIF87a',
  'GIF89a',
  'BM',
  'II*\0',
  'MM\0*',
  '\xff\x0a',
  '\0\0\0\x0cJXL ',
  '\0\0\0\x0cjP  ',
];

/**
 * Tells a file by its first bytes; names and declared types are not believed.
 *
 * @param bytes the file as it came
 * @returns the format, or why it is refused: over the byte limit, a picture of another format (HEIC, GIF, TIFF, ...),
 *   or no picture (zip, PDF, HTML, SVG, text)
 */
export function sniff(bytes: Uint8Array): PictureFormat | { refused: RefusedPicture } {
  if (bytes.length > INTAKE.maxBytes) return { refused: 'tooLarge' };
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString(
    'latin1',
  );
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  const heif = head.slice(4, 8) === 'ftyp' && HEIF_BRANDS.includes(head.slice(8, 12));
  const other = OTHER_PICTURES.some((magic) => head.startsWith(magic));
  return { refused: heif || other ? 'unsupportedFormat' : 'notAPicture' };
}
