import { type LanDevice, LanDeviceSchema, type WhyNot, whyNot } from './lan-device.ts';
import { type LanScan, LanScanSchema, MOST_DEVICES } from './lan-scan.ts';

// A scan as text that is pasted into a chat, where no network leads from the scanner to the
// assistant. Words are parted by any white space, since chats wrap and join lines:
//
//   UNBIND-LAN/1 <scan id> <time> <program> <answered> <devices here>
//   <serial> <model> <ip> <state>          (once for each device)
//   UNBIND-LAN/END <checksum>

const BEGIN = 'UNBIND-LAN/1';
const END = 'UNBIND-LAN/END';
/** Words of a device. */
const COLUMNS = 4;
const NONE = '-';

/** The words for what a device says of itself. */
const STATES = {
  ready: 'ok',
  unknown: 'unknown',
  notActivated: 'inactive',
  serviceOff: 'off',
  unsupported: 'unsupported',
  notBound: 'unbound',
} as const satisfies Record<WhyNot | 'ready' | 'unknown', string>;

/**
 * Writes a scan for pasting.
 *
 * @param perPart devices of one text; more make several, each complete by itself
 */
export function writeScan(scan: LanScan, perPart: number): string[] {
  const parts: string[] = [];
  for (let from = 0; from === 0 || from < scan.devices.length; from += perPart) {
    const devices = scan.devices.slice(from, from + perPart);
    const head = `${scan.scanId} ${scan.at} ${scan.program} ${scan.answered} ${devices.length}`;
    const body = [head, ...devices.map(rowOf)].join('\n');
    parts.push(`${BEGIN} ${body}\n${END} ${checksum(body.split(/\s+/))}`);
  }
  return parts;
}

function rowOf(device: LanDevice): string {
  const why = whyNot(device);
  const state = why ?? (device.service === 'on' ? 'ready' : 'unknown');
  const model = device.model.replace(/\s/g, '_');
  return [device.serial.short, model, device.ip ?? NONE, STATES[state]].join(' ');
}

export type PastedScan =
  | { kind: 'none' }
  /** Begun and not whole, or changed on the way. */
  | { kind: 'damaged' }
  | { kind: 'scan'; scan: LanScan };

/** Finds a pasted scan, in one part or several, with or without other text around it. */
export function readScan(text: string): PastedScan {
  const [before = '', ...parts] = text.split(BEGIN);
  if (parts.length === 0) return { kind: before.includes(END) ? 'damaged' : 'none' };
  let whole: LanScan | null = null;
  for (const part of parts) {
    const scan = partOf(part);
    if (scan === null) return { kind: 'damaged' };
    whole = whole === null ? scan : joinScans(whole, scan);
  }
  return whole === null ? { kind: 'damaged' } : { kind: 'scan', scan: whole };
}

/** What stands between a beginning and its end, or null. */
function partOf(text: string): LanScan | null {
  const [body = '', behind, ...more] = text.split(END);
  if (behind === undefined || more.length > 0) return null;
  const words = body.trim().split(/\s+/);
  const sum = behind.trim().split(/\s+/, 1)[0];
  return checksum(words) === sum ? scanOf(words) : null;
}

/** Two parts of one scan together; of two scans the second. */
export function joinScans(first: LanScan, second: LanScan): LanScan {
  if (first.scanId !== second.scanId) return second;
  const known = new Set(first.devices.map(({ serial }) => serial.short));
  const fresh = second.devices.filter(({ serial }) => !known.has(serial.short));
  return { ...second, devices: [...first.devices, ...fresh].slice(0, MOST_DEVICES) };
}

function scanOf(words: readonly string[]): LanScan | null {
  const [scanId, at, program, answered, count, ...rows] = words;
  if (rows.length !== Number(count) * COLUMNS) return null;
  const devices: LanDevice[] = [];
  for (let place = 0; place < rows.length; place += COLUMNS) {
    const device = deviceOf(rows.slice(place, place + COLUMNS));
    if (device === null) return null;
    devices.push(device);
  }
  const scan = { scanId, at: Number(at), program, answered: Number(answered), devices };
  return LanScanSchema.safeParse(scan).data ?? null;
}

function deviceOf([short, model, ip, state]: readonly string[]): LanDevice | null {
  const is = (word: string) => state?.toLowerCase() === word;
  const known = Object.values(STATES).some(is);
  const device = {
    serial: { short, model },
    model,
    ip: ip === NONE ? null : ip,
    mac: null,
    firmware: null,
    activated: is(STATES.notActivated) ? false : null,
    service: is(STATES.ready)
      ? 'on'
      : is(STATES.serviceOff)
        ? 'off'
        : is(STATES.unsupported)
          ? 'unsupported'
          : null,
    bound: is(STATES.notBound) ? false : null,
  };
  return known ? (LanDeviceSchema.safeParse(device).data ?? null) : null;
}

/** FNV-1a over the words, in hex: it finds slips and cuts, and proves nothing. */
function checksum(words: readonly string[]): string {
  let sum = 0x811c9dc5;
  for (const char of words.join(' ')) {
    sum = Math.imul(sum ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return sum.toString(16).padStart(8, '0');
}
