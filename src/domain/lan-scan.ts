import { z } from 'zod';
import { type LanDevice, LanDeviceSchema } from './lan-device.ts';

/** Devices that one list holds: more stand on no network that one person services. */
export const MOST_DEVICES = 256;

/** The last moment that a date can name. */
const LATEST = 8_640_000_000_000_000;

/** What a scanner saw on one network at one time. */
export const LanScanSchema = z.object({
  /** Made anew for each scan. */
  scanId: z.uuid(),
  /** By the scanner's clock, milliseconds since the epoch. */
  at: z.number().int().nonnegative().max(LATEST),
  /** The scanner's version. */
  program: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
  /** Devices that answered, those with an unreadable serial included. */
  answered: z.number().int().nonnegative().max(100_000),
  devices: z.array(LanDeviceSchema).max(MOST_DEVICES),
});
export type LanScan = z.infer<typeof LanScanSchema>;

/** How a scan came: by a pairing code, or pasted (or sent as a file) by the person. */
export const ScanWaySchema = z.enum(['pairing', 'pasted']);
export type ScanWay = z.infer<typeof ScanWaySchema>;

/**
 * What a scan said of one device, as a case carries it: the word of the installer's own program,
 * and no proof.
 */
export const ScanNoteSchema = z.object({
  ...LanScanSchema.pick({ at: true, program: true, answered: true }).shape,
  way: ScanWaySchema,
  device: LanDeviceSchema.omit({ serial: true }),
});
export type ScanNote = z.infer<typeof ScanNoteSchema>;

/** The note about one device of a scan. */
export function noteOn(scan: LanScan, way: ScanWay, { serial: _, ...device }: LanDevice): ScanNote {
  const { at, program, answered } = scan;
  return { at, program, answered, way, device };
}
