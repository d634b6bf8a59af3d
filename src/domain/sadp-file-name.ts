import type { Serial } from './serial.ts';
import { isShort, splitFull } from './serial-shape.ts';

/** What the name of SADP's exported file says. */
export interface SadpFileName {
  serial: Serial | null;
  /** Epoch ms, to the minute. */
  exportedAt: number | null;
}

const LONGEST_NAME = 255;
const OFFSET_MS = 7 * 3_600_000;
const TIME = /^(.*?)[-_ [\]]*(?<!\d)(20\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\d{2})?[\]_ ]*$/;

/**
 * Reads `[serial]-[YYYYMMDDHHmm].xml`, the name that SADP gives its export: with or without the
 * brackets, as a copy ("… (1)"), with spaces or underscores that a messenger put in. The time is
 * the computer's; it is taken for that of Asia/Ho_Chi_Minh.
 *
 * @returns null when the name says nothing, as `DeviceKey.xml`
 */
export function parseSadpFileName(name: string): SadpFileName | null {
  const base = name
    .slice(-LONGEST_NAME)
    .normalize('NFKC')
    .replace(/^.*\\/, '')
    .trim()
    .replace(/(?:\.(?:xml|txt))+$/i, '')
    .replace(/(?: ?\(\d{1,3}\)| - copy| - sao chép)+$/i, '');
  const [, before = base, ...digits] = TIME.exec(base) ?? [];
  const exportedAt = digits.length > 0 ? timeFrom(digits.map(Number)) : null;
  const serial = serialFrom(before);
  return serial || exportedAt !== null ? { serial, exportedAt } : null;
}

function serialFrom(text: string): Serial | null {
  const bare = text.toUpperCase().replace(/^[[_\s]+|[\]_\s-]+$/g, '');
  if (isShort(bare)) return { short: bare };
  const parts = splitFull(bare);
  if (!parts) return null;
  // File systems refuse "/": what stands in its place is no part of the serial.
  return bare.includes('_') ? { short: parts.short } : parts;
}

/** Null for a time that no clock shows. */
function timeFrom([year = 0, month = 0, day = 0, hour = 0, minute = 0]: number[]): number | null {
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const real =
    utc.getUTCMonth() === month - 1 &&
    utc.getUTCDate() === day &&
    utc.getUTCHours() === hour &&
    utc.getUTCMinutes() === minute;
  return real ? utc.getTime() - OFFSET_MS : null;
}
