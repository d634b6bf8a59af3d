import { z } from 'zod';
import { SerialSchema } from './serial.ts';
import { isShort, splitFull } from './serial-shape.ts';

/** Control characters, and those that turn the direction of writing or show nothing. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;
const MAC = /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/;
const NO_ADDRESS = '0.0.0.0';

/** A device's own words, fit to be shown. */
const wordsOf = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => text.search(UNSHOWN) < 0);

/** The long form, if there is one, must be that of the same device. */
const LanSerialSchema = SerialSchema.extend({ model: wordsOf(64).optional() }).refine(
  ({ short, full }) => full === undefined || splitFull(full)?.short === short,
);

/** A device as it told of itself in an SADP reply. Null: it did not say. */
export const LanDeviceSchema = z.object({
  serial: LanSerialSchema,
  model: wordsOf(64),
  ip: z.ipv4().nullable(),
  /** Lower case, with hyphens, as SADP shows it. */
  mac: z.string().regex(MAC).nullable(),
  firmware: wordsOf(64).nullable(),
  activated: z.boolean().nullable(),
  /** Its Hik-Connect service. */
  service: z.enum(['on', 'off', 'unsupported']).nullable(),
  /** Whether an account holds it. */
  bound: z.boolean().nullable(),
});
export type LanDevice = z.infer<typeof LanDeviceSchema>;

export const WhyNotSchema = z.enum(['notActivated', 'serviceOff', 'unsupported', 'notBound']);
export type WhyNot = z.infer<typeof WhyNotSchema>;

/**
 * Why a device cannot be unbound as it stands, by its own word; null when nothing speaks against
 * it. The gravest first: a device that is not activated has no service that could be switched on.
 */
export function whyNot(device: Pick<LanDevice, 'activated' | 'service' | 'bound'>): WhyNot | null {
  if (device.service === 'unsupported') return 'unsupported';
  if (device.activated === false) return 'notActivated';
  if (device.bound === false) return 'notBound';
  return device.service === 'off' ? 'serviceOff' : null;
}

/** Elements of a reply by their lower-case names: firmware differs in how it writes them. */
export type ReplyFields = ReadonlyMap<string, string>;

/**
 * The device behind a reply; null when it names no serial that can be one.
 *
 * @param sender the address that the reply came from, for one that names none of its own
 */
export function deviceFrom(fields: ReplyFields, sender: string | null): LanDevice | null {
  const named = clean(fields.get('devicesn'), 128).toUpperCase().replace(/\s+/g, '');
  const full = splitFull(named);
  const short = full?.short ?? named;
  if (!isShort(short)) return null;
  const description = clean(fields.get('devicedescription'), 64);
  // Recorders call themselves "NVR": the serial knows better.
  const model = /-.*\d/.test(description) ? description : (full?.model ?? description).slice(0, 64);
  const ip = [fields.get('ipv4address')?.trim(), sender].find(isAddress) ?? null;
  return {
    serial: { short, ...(full ? { full: full.full, model } : {}) },
    model: model || '?',
    ip,
    mac: macFrom(fields.get('mac')),
    firmware: clean(fields.get('softwareversion'), 64) || null,
    activated: truth(fields.get('activated')),
    service: serviceFrom(fields),
    bound: boundFrom(fields),
  };
}

/** One device that answered more than once: a later word fills in what an earlier one left out. */
export function mergeDevices(known: LanDevice, again: LanDevice): LanDevice {
  return {
    serial: again.serial.full ? again.serial : known.serial,
    model: again.model === '?' ? known.model : again.model,
    ip: again.ip ?? known.ip,
    mac: again.mac ?? known.mac,
    firmware: again.firmware ?? known.firmware,
    activated: again.activated ?? known.activated,
    service: again.service ?? known.service,
    bound: again.bound ?? known.bound,
  };
}

/** By address, those without one last: the order in which people look for a device. */
export function byAddress(a: LanDevice, b: LanDevice): number {
  return addressNumber(a.ip) - addressNumber(b.ip) || (a.serial.short < b.serial.short ? -1 : 1);
}

function addressNumber(ip: string | null): number {
  if (ip === null) return Number.POSITIVE_INFINITY;
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isAddress(text: string | null | undefined): text is string {
  return z.ipv4().safeParse(text).success && text !== NO_ADDRESS;
}

/**
 * What a device says is shown in terminals and chats: what would write outside of its place there
 * is left out.
 */
function clean(text: string | undefined, limit: number): string {
  return (text ?? '')
    .normalize('NFC')
    .replace(UNSHOWN, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, limit);
}

function macFrom(text: string | undefined): string | null {
  const mac = (text ?? '').trim().toLowerCase().replaceAll(':', '-');
  return MAC.test(mac) ? mac : null;
}

/** Firmware writes "flase" for false; whatever is there and is not "true" is a no. */
function truth(text: string | undefined): boolean | null {
  const word = text?.trim().toLowerCase();
  if (word === undefined || word === '') return null;
  return word === 'true' || word === '1';
}

function serviceFrom(fields: ReplyFields): LanDevice['service'] {
  const enabled = truth(fields.get('hcplatformenable'));
  if (enabled === true) return 'on';
  if (truth(fields.get('supporthcplatform')) === false) return 'unsupported';
  return enabled === false ? 'off' : null;
}

/**
 * The manufacturer's library knows the state as 0 unknown, 1 bound, 2 unbound (byEZVIZBindStatus).
 * How the element is called on the wire is not published, so each likely name is taken.
 */
function boundFrom(fields: ReplyFields): boolean | null {
  const names = ['ezvizbindstatus', 'hcbindstatus', 'bindstatus'];
  const word = names.map((name) => fields.get(name)?.trim().toLowerCase()).find(Boolean);
  if (word === '1' || word === 'bound' || word === 'binded') return true;
  if (word === '2' || word === 'unbound' || word === 'unbind') return false;
  return null;
}
