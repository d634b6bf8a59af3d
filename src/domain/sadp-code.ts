const SHORTEST_A = 40;
const SHORTEST_UNKNOWN = 60;
const SHORTEST_PIECE = 16;
const SHORTEST_WITH_HEADER = 8;
const LONGEST = 1024;

/**
 * What base64 text is by its decoded header. A: bytes 03 00 00 00, payload, checksum. B: bytes
 * FF FF 00 00 and `<code>…</code>`, whole only with its end. Anything else of at least 60
 * characters is `unknown`. Limits are those of SADP's protocol v3.1. Sources: hiktools' SafeCode and
 * the SADP SDK demo. A string of format A that was cut after a multiple of four characters cannot
 * be told from a whole one.
 *
 * @param code without white space
 */
export function describeCode(code: string): 'A' | 'B' | 'unknown' | 'piece' | 'none' {
  if (code.length > LONGEST || !/^[A-Za-z0-9+/]*={0,2}$/.test(code)) return 'none';
  const header = headerOf(code);
  const whole = code.length % 4 === 0;
  if (header === 'B') return whole && endsB(code) ? 'B' : piece(code, SHORTEST_WITH_HEADER);
  if (header === 'A') {
    return whole && code.length >= SHORTEST_A ? 'A' : piece(code, SHORTEST_WITH_HEADER);
  }
  if (whole && code.length >= SHORTEST_UNKNOWN) return 'unknown';
  return piece(code, code.endsWith('=') ? 4 : SHORTEST_PIECE);
}

function piece(code: string, shortest: number): 'piece' | 'none' {
  return code.length >= shortest ? 'piece' : 'none';
}

function headerOf(code: string): 'A' | 'B' | null {
  const head = bytes(code.slice(0, 8));
  if (head.startsWith('\u0003\0\0\0')) return 'A';
  return head.startsWith('\u00FF\u00FF\0\0') ? 'B' : null;
}

function endsB(code: string): boolean {
  const inside = bytes(code)
    .slice(4)
    .replace(/[\0\s]+$/, '');
  return inside.startsWith('<code>') && inside.endsWith('</code>');
}

/** Decoded, one character a byte; '' for what is not base64. */
function bytes(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}
