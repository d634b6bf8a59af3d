import { type Fields, fieldsOf, LONGEST_LABEL, packedIn } from './label-lines.ts';
import type { Serial } from './serial.ts';
import { splitFull } from './serial-shape.ts';

export { withoutVerificationCode } from './verification-code.ts';

export type LabelQr =
  | { kind: 'label'; serial: Serial; model?: string; site?: string }
  /** A Hik-Connect share code: it carries a device's user and password. */
  | { kind: 'share' }
  | { kind: 'other' };

const SHARE_QRC = /(?<![A-Za-z0-9])QRC0301[A-Za-z0-9+/=_-]*/;
const SHARE_IVMS =
  /(?<![A-Za-z0-9+/])iVMS(?=[A-Za-z0-9+/]{0,99}[a-z])(?=[A-Za-z0-9+/]{0,99}\d)[A-Za-z0-9+/]{24}/;

/**
 * Whether a text is, or holds, the QR of Hik-Connect's "export local devices": `QRC0301…` or
 * `iVMS…` and packed data with user names and passwords under a publicly known key. It is refused
 * and deleted. Source: the README of maxim-smirnov/hik-qr-export.
 */
export function isShareQr(text: string): boolean {
  return SHARE_QRC.test(text) || SHARE_IVMS.test(text);
}

/**
 * What the QR of a device label says. Known spellings: lines of site, serial, verification code and
 * model with any line end, or with none left; a URL whose base64 part holds `$$$` and then such
 * lines; the serial alone; a full serial instead of the short one. Sources: the EZVIZ SDK demo and
 * scans quoted in its copies.
 *
 * The verification code ends here: nothing that is returned contains it.
 */
export function parseLabelQr(text: string): LabelQr {
  if (isShareQr(text)) return { kind: 'share' };
  if (text.length > LONGEST_LABEL) return { kind: 'other' };
  const fields = fieldsOf(packedIn(text)?.content ?? text);
  return fields ? labelFrom(fields) : { kind: 'other' };
}

function labelFrom({ site, serial, code, model }: Fields): LabelQr {
  const clean = (field: string | undefined) =>
    field !== undefined && !(code && field.toUpperCase().includes(code.toUpperCase()));
  const full = splitFull(serial);
  const named = model ?? full?.model;
  const found: Serial = {
    short: full?.short ?? serial,
    ...(full && clean(full.full) ? { full: full.full } : {}),
    ...(named && clean(named) ? { model: named } : {}),
  };
  return {
    kind: 'label',
    serial: found,
    ...(found.model ? { model: found.model } : {}),
    ...(site && clean(site) ? { site } : {}),
  };
}
