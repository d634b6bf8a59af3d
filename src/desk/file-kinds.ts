import { cleanName, looksLikePicture } from '../engine/file-content.ts';

const MOST_NAME = 120;

/** A file's name as it is kept: its end, which tells its kind, and nothing that no name has. */
export function fileName(given: string): string {
  const name = cleanName(given).normalize('NFC').trim();
  return name.slice(-MOST_NAME).replace(/^[\uDC00-\uDFFF]/, '');
}

/** Largest file that agents send, in bytes. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const TEXT = 'text/plain; charset=utf-8';

/** What each kind begins with, in hex; null for texts, which are known by all of them. */
const KINDS: Readonly<Record<string, { mime: string; begins: string | null }>> = {
  pdf: { mime: 'application/pdf', begins: '255044462d' },
  doc: { mime: 'application/msword', begins: 'd0cf11e0a1b11ae1' },
  xls: { mime: 'application/vnd.ms-excel', begins: 'd0cf11e0a1b11ae1' },
  docx: { mime: `${OFFICE}.wordprocessingml.document`, begins: '504b0304' },
  xlsx: { mime: `${OFFICE}.spreadsheetml.sheet`, begins: '504b0304' },
  txt: { mime: TEXT, begins: null },
  csv: { mime: 'text/csv; charset=utf-8', begins: null },
  // As plain text: a browser would take apart the XML itself.
  xml: { mime: TEXT, begins: null },
};

export const FILE_KINDS = Object.keys(KINDS);

/**
 * The MIME type of a file that agents may send, by its name and its first bytes, which must agree;
 * null for others: programs, archives, pictures (which go as photos), pages with scripts.
 */
export function mimeOfFile(name: string, bytes: Uint8Array): string | null {
  const kind = KINDS[/\.([a-z]{3,4})$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  if (!kind || bytes.length === 0 || looksLikePicture(bytes)) return null;
  if (kind.begins === null) return isText(bytes) ? kind.mime : null;
  const begins = Buffer.from(bytes.subarray(0, kind.begins.length / 2)).toString('hex');
  return begins === kind.begins ? kind.mime : null;
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !/[^\P{Cc}\t\r\n\f]/u.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
