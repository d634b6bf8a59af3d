import { isShort, splitFull } from './serial-shape.ts';

/** The longest text that a label's QR is taken to hold. */
export const LONGEST_LABEL = 2048;

/** The first line of a label. */
export const SITE = /^(?:ys7|ezviz|(?:https?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\/?)$/i;
const MODEL = /^[A-Z]{2,5}-[A-Z0-9()/\-_.+]{2,60}$/;

/** One line that held it all before its line ends were lost. Case tells the site from the rest. */
const RUN_ON =
  /^(?<site>ys7|(?:[a-z0-9-]+\.)+(?:com|cn|net|org|vn|ru|eu|com\.cn))(?<rest>(?:[A-Z]{2}\d{7}|[A-Z]\d{8}|\d{9}|[A-Z]{2,4}-).*)$/;
const RUN_ON_SHORT =
  /^(?<short>[A-Z]{2}\d{7}|[A-Z]\d{8}|\d{9})(?<code>[A-Za-z0-9]{0,12}?)(?<model>(?:I?DS|CS|HWI|HWN|THC)-[A-Z0-9()/\-_.+]{2,60})?$/;
const RUN_ON_FULL =
  /^(?<full>[A-Z]{2,4}-[A-Z0-9()/\-_.+]*?20[0-4]\d[01]\d[0-3]\d(?:V\d{6})?(?:[A-D]{2})?[A-Z]{2}(?:\d{9}|[A-Z]\d{8}|[A-Z]{2}\d{7}))(?<code>[A-Za-z0-9]{0,18})$/;

/** What a label's QR says. `code` is the verification code: it must not leave the callers of this. */
export interface Fields {
  site?: string;
  serial: string;
  code?: string;
  model?: string;
}

/** Lines (or, where a scanner made spaces of line ends, words) of a label, or null. */
export function fieldsOf(text: string): Fields | null {
  const lines = split(text, /[\r\n]+/);
  const parts = lines.length > 1 ? lines : split(text, /\s+/);
  if (parts.length > 8) return null;
  if (parts.length === 1) return fieldsOfOne(parts[0] ?? '');
  const at = parts.findIndex((part) => asSerial(part) !== null);
  const serial = asSerial(parts[at] ?? '');
  if (at < 0 || at > 2 || !serial) return null;
  const before = parts.slice(0, at);
  const after = parts.slice(at + 1);
  if (before.length > 0 && !before.every((part) => SITE.test(part))) return null;
  const model = after.find((part) => MODEL.test(part.toUpperCase()))?.toUpperCase();
  const code = after.find((part) => part.toUpperCase() !== model);
  const [site] = before;
  return {
    serial,
    ...optional('site', site),
    ...optional('code', code),
    ...optional('model', model),
  };
}

function fieldsOfOne(text: string): Fields | null {
  const { site, rest = '' } = RUN_ON.exec(text)?.groups ?? {};
  if (!site) {
    const bare = asSerial(text.replace(/^S\/?N[:=\s]*(?=.)/i, '')) ?? asSerial(text);
    return bare ? { serial: bare, ...optional('code', stuckCode(bare)) } : null;
  }
  const { short, model, code } = RUN_ON_SHORT.exec(rest)?.groups ?? {};
  if (short) return { site, serial: short, ...optional('code', code), ...optional('model', model) };
  const full = RUN_ON_FULL.exec(rest)?.groups;
  return full?.full ? { site, serial: full.full, ...optional('code', full.code) } : null;
}

/** Letters behind a full serial that are no features: the code, when a line end was lost. */
export function stuckCode(serial: string): string {
  return serial.slice(splitFull(serial)?.full.length ?? serial.length);
}

function optional<K extends keyof Fields>(key: K, value: string | undefined): Partial<Fields> {
  return value ? { [key]: value } : {};
}

function split(text: string, at: RegExp): string[] {
  return text
    .replace(/\uFEFF/g, '')
    .split(at)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The text as a whole serial, upper case, or null. */
export function asSerial(text: string): string | null {
  const upper = text.trim().toUpperCase();
  return isShort(upper) || splitFull(upper) ? upper : null;
}

/** The lines behind `$$$`, in the open or in a base64 part of a URL. */
export function packedIn(text: string): { content: string; packed: string } | null {
  if (!/https?:\/\//i.test(text)) return null;
  for (const [packed] of text.matchAll(/[A-Za-z0-9+_%-][A-Za-z0-9+/_%-]{15,1500}={0,2}/g)) {
    for (const part of [packed.slice(packed.lastIndexOf('/') + 1), packed]) {
      const content = afterDollars(unpack(part));
      if (content) return { content, packed: part };
    }
  }
  const open = afterDollars(text);
  return open ? { content: open, packed: text.slice(text.indexOf('$$$')) } : null;
}

function afterDollars(text: string): string | null {
  const at = text.lastIndexOf('$$$');
  return at < 0 ? null : text.slice(at + 3);
}

function unpack(base64: string): string {
  const plain = base64
    .replace(/%2B/gi, '+')
    .replace(/%2F/gi, '/')
    .replace(/%3D/gi, '=')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  try {
    return atob(plain);
  } catch {
    return '';
  }
}
