import { createHash } from 'node:crypto';

/** Bytes that look random but are the same in every run. */
function bytes(seed: string, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let i = 0; blocks.length * 32 < length; i += 1) {
    blocks.push(createHash('sha256').update(`${seed}${i}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** An SADP string of format A, made up: header 03 00 00 00, payload, four more bytes. */
export function sadpA(seed = 'a'): string {
  return Buffer.concat([Buffer.from([3, 0, 0, 0]), bytes(seed, 89)]).toString('base64');
}

/** An SADP string of format B, made up: header FF FF 00 00 and an XML body of a v3.1 device. */
export function sadpB(seed = 'b'): string {
  const body = [
    '<code>',
    '<cmd>PhoneNoReset_v31</cmd>',
    '<RSAVersion>13</RSAVersion>',
    `<encryptedString>${bytes(seed, 256).toString('base64')}</encryptedString>`,
    '</code>',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from([255, 255, 0, 0]), Buffer.from(body)]).toString('base64');
}

/** The name that SADP gives an export of this moment, in Vietnam's time. */
export function exportName(serial: string, at = Date.now()): string {
  const vietnam = new Date(at + 7 * 3_600_000).toISOString();
  return `[${serial}]-[${vietnam.slice(0, 16).replace(/\D/g, '')}].xml`;
}
