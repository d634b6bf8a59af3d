/** What a wrapper held. */
export interface Unwrapped {
  text: string;
  /** An element or a QR said that this is the code, so all of it is. */
  named: boolean;
  /** The element was opened and never closed: the rest is missing. */
  cut: boolean;
}

const ELEMENTS = ['EncryptString', 'Code'] as const;
const QR_CODE = /[?&]code=D:[^*\s]{0,80}\*\*([A-Za-z0-9+/=%]+)/;

/**
 * Takes a text out of BOM, XML and QR wrappers. XML is not parsed but cut at its tags, so nothing
 * in it is ever expanded.
 *
 * @returns null for XML with a DOCTYPE or entities, and for a reply that holds no code
 */
export function unwrapSadp(text: string): Unwrapped | null {
  const bare = text.replace(/[\uFEFF\u200B-\u200D\u2060\0]/g, '').trim();
  const qr = QR_CODE.exec(bare)?.[1];
  if (qr) return { text: unpercent(qr), named: true, cut: false };
  if (!/<[/?!A-Za-z]/.test(bare)) return { text: bare, named: false, cut: false };
  if (/<!(?:DOCTYPE|ENTITY)|&[#A-Za-z]/i.test(bare)) return null;
  const plain = bare.replaceAll('<![CDATA[', '').replaceAll(']]>', '');
  for (const name of ELEMENTS) {
    const found = elementIn(plain, name);
    if (found) return found;
  }
  const texts = plain
    .split(/<[^<>]*>?/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [only, more] = texts;
  // A reply of many fields without a code holds no string; one text in other tags may be it.
  return only !== undefined && more === undefined ? { text: only, named: false, cut: false } : null;
}

function elementIn(xml: string, name: string): Unwrapped | null {
  const open = new RegExp(`<${name}(?:\\s[^<>]{0,200})?>`, 'i').exec(xml);
  const close = new RegExp(`</${name}\\s*>?`, 'i').exec(xml);
  if (!open && !close) return null;
  const from = open ? open.index + open[0].length : 0;
  const text = xml.slice(from, close?.index).replace(/<[^<>]*$/, '');
  return { text, named: true, cut: !(open && close) };
}

function unpercent(text: string): string {
  return text.replace(/%2B/gi, '+').replace(/%2F/gi, '/').replace(/%3D/gi, '=');
}
