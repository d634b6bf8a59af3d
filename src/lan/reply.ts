import { XMLParser } from 'fast-xml-parser';
import type { ReplyFields } from '../domain/lan-device.ts';

/** Captured replies have 0.5 to 2.5 KB; what is longer is none. */
const LONGEST_REPLY = 8 * 1024;
/** A reply has a flat list of elements below its root. */
const DEEPEST = 8;

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  // The five entities of XML itself too: no field of a reply needs one.
  processEntities: false,
  maxNestedTags: DEEPEST,
});

/**
 * The elements of a reply to the discovery probe, by lower-case names; null for every other packet
 * (the probes of this and other programs, their other commands, noise). Never throws.
 */
export function parseReply(packet: Uint8Array): ReplyFields | null {
  if (packet.length > LONGEST_REPLY) return null;
  const text = new TextDecoder().decode(packet);
  // Of a document type nothing good comes, whatever a parser would make of it.
  if (!/<ProbeMatch[\s>]/i.test(text) || /<!(?:DOCTYPE|ENTITY)/i.test(text)) return null;
  const fields = elementsOf(text);
  return fields && /^inquiry/i.test(fields.get('types') ?? 'inquiry') ? fields : null;
}

function elementsOf(text: string): Map<string, string> | null {
  let document: unknown;
  try {
    document = parser.parse(text);
  } catch {
    return null;
  }
  const root = entriesOf(document).find(([name]) => name.toLowerCase() === 'probematch')?.[1];
  const fields = new Map<string, string>();
  for (const [name, value] of entriesOf(root)) {
    // Of an element that is there twice the first counts.
    const only = Array.isArray(value) ? value[0] : value;
    if (typeof only === 'string') fields.set(name.toLowerCase(), only);
  }
  return fields.size > 0 ? fields : null;
}

function entriesOf(value: unknown): [string, unknown][] {
  return value !== null && typeof value === 'object' ? Object.entries(value) : [];
}
