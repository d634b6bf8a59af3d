import type { EventOf } from '../dialogue/event.ts';
import { MAX_TEXT } from '../dialogue/event.ts';

type FileContent = EventOf<'file'>['content'];

/** Longest file whose text is looked at; an exported SADP file has about 600 bytes. */
const MAX_TEXT_FILE = 256 * 1024;

const PICTURES: readonly (readonly [offset: number, magic: string])[] = [
  [0, 'ffd8ff'], // JPEG
  [0, '89504e470d0a1a0a'], // PNG
  [0, '474946383'], // GIF
  [8, '57454250'], // WebP, after RIFF and a length
  [0, '424d'], // BMP
  [0, '49492a00'], // TIFF
  [0, '4d4d002a'],
  [4, '6674797068656963'], // ftyp heic, heix, mif1, avif
  [4, '6674797068656978'],
  [4, '667479706d696631'],
  [4, '6674797061766966'],
];

const ARCHIVES = [
  '504b0304', // zip, and every office document
  '504b0506',
  '526172211a07', // rar
  '377abcaf271c', // 7z
  '1f8b', // gzip
];

/** Whether the first bytes are a picture's. Nothing is decoded. */
export function looksLikePicture(bytes: Uint8Array): boolean {
  return PICTURES.some(([offset, magic]) => hexAt(bytes, offset, magic.length).startsWith(magic));
}

/**
 * What a file that is no picture holds: its text (UTF-8, or UTF-16 with a byte order mark), or why
 * it has none. Never throws.
 */
export function contentOf(bytes: Uint8Array): FileContent {
  if (bytes.length === 0) return { kind: 'empty' };
  if (ARCHIVES.some((magic) => hexAt(bytes, 0, magic.length).startsWith(magic))) {
    return { kind: 'archive' };
  }
  if (bytes.length > MAX_TEXT_FILE) return { kind: 'tooLarge' };
  const text = decode(bytes);
  if (text === null) return { kind: 'notText' };
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  return trimmed.length > MAX_TEXT ? { kind: 'tooLarge' } : { kind: 'text', text: trimmed };
}

/** The name without folders and control characters, for showing and for its serial and date. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\p{Cc}/gu, '').slice(-300);
}

function hexAt(bytes: Uint8Array, offset: number, digits: number): string {
  return Buffer.from(bytes.subarray(offset, offset + Math.ceil(digits / 2))).toString('hex');
}

function decode(bytes: Uint8Array): string | null {
  const bom = hexAt(bytes, 0, 4);
  const encoding = bom === 'fffe' ? 'utf-16le' : bom === 'feff' ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // Control characters other than tab and line ends do not stand in text.
    return /[^\P{Cc}\t\r\n\f]/u.test(text) ? null : text;
  } catch {
    return null;
  }
}
