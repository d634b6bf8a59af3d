import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { byAddress, deviceFrom, type LanDevice, mergeDevices } from '../domain/lan-device.ts';
import { parseReply } from './reply.ts';
import { GROUP, openListener, openSender, SADP_PORT } from './sockets.ts';

/** Packets get lost and devices answer in their own time: when to ask, in parts of the scan. */
const ASKED_AT = [0, 0.1, 0.25, 0.5];
/** Firmware answers one of them or both. */
const INQUIRIES = ['inquiry', 'inquiry_v32'];
/** A flood of invented devices must not fill the memory. */
const MOST_KNOWN = 1_024;

/** What an interface or a port would not do; the scan goes on without it. */
export interface Trouble {
  /** The interface's address; null: hearing the devices that answer everybody. */
  address: string | null;
  code: string;
}

export interface Seen {
  /** By address. */
  devices: LanDevice[];
  /** Devices whose serial cannot be read. */
  unreadable: number;
  troubles: Trouble[];
}

export interface ScanOptions {
  /** IPv4 addresses of the interfaces. */
  addresses: readonly string[];
  seconds: number;
  port?: number;
  /** Ends the scan early; what was seen until then counts. */
  signal?: AbortSignal;
  onSeen?: (seen: Seen) => void;
}

/** The one thing that is ever sent to a device: the question who is there. */
export function probe(inquiry: string): string {
  const uuid = randomUUID().toUpperCase();
  return `<?xml version="1.0" encoding="utf-8"?><Probe><Uuid>${uuid}</Uuid><Types>${inquiry}</Types></Probe>`;
}

/** Collects what devices say, each once. */
class Collection {
  readonly #devices = new Map<string, LanDevice>();
  readonly #unreadable = new Set<string>();
  readonly troubles: Trouble[] = [];

  /** Whether the packet told something new. */
  take(packet: Uint8Array, sender: string): boolean {
    const fields = parseReply(packet);
    if (fields === null) return false;
    const device = deviceFrom(fields, sender);
    if (device === null) {
      const before = this.#unreadable.size;
      if (before < MOST_KNOWN) this.#unreadable.add(fields.get('mac')?.toLowerCase() ?? sender);
      return this.#unreadable.size > before;
    }
    const known = this.#devices.get(device.serial.short);
    if (known === undefined && this.#devices.size >= MOST_KNOWN) return false;
    const merged = known ? mergeDevices(known, device) : device;
    this.#devices.set(device.serial.short, merged);
    return JSON.stringify(known) !== JSON.stringify(merged);
  }

  note(address: string | null, error: unknown): void {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const known = this.troubles.some((one) => one.address === address && one.code === code);
    if (!known) this.troubles.push({ address, code });
  }

  get seen(): Seen {
    return {
      devices: [...this.#devices.values()].sort(byAddress),
      unreadable: this.#unreadable.size,
      troubles: [...this.troubles],
    };
  }
}

/**
 * Asks on every interface who is there, several times, and collects the answers, whether they come
 * to everybody or to the asker. Trouble with one interface or with the port stops nothing.
 */
export async function scan(options: ScanOptions): Promise<Seen> {
  const { addresses, seconds, port = SADP_PORT, signal, onSeen } = options;
  const found = new Collection();
  const hear = (packet: Uint8Array, sender: string) => {
    if (found.take(packet, sender)) onSeen?.(found.seen);
  };
  const sockets: Socket[] = [];
  const senders = new Map<string, Socket>();
  try {
    await openListener(addresses, port, hear, (error) => found.note(null, error)).then(
      (socket) => sockets.push(socket),
      (error: unknown) => found.note(null, error),
    );
    for (const address of addresses) {
      await openSender(address, hear, (error) => found.note(address, error)).then(
        (socket) => {
          sockets.push(socket);
          senders.set(address, socket);
        },
        (error: unknown) => found.note(address, error),
      );
    }
    const ask = () => {
      for (const [address, socket] of senders) {
        for (const inquiry of INQUIRIES) {
          socket.send(probe(inquiry), port, GROUP, (error) => {
            if (error) found.note(address, error);
          });
        }
      }
    };
    if (senders.size > 0) await during(seconds * 1000, ask, signal);
    return found.seen;
  } finally {
    for (const socket of sockets) socket.close();
  }
}

/** Asks at its times, until the time is over or the scan is ended early. */
async function during(ms: number, ask: () => void, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return;
  const timers = ASKED_AT.map((part) => setTimeout(ask, part * ms));
  await new Promise<void>((over) => {
    timers.push(setTimeout(over, ms));
    signal?.addEventListener('abort', () => over(), { once: true });
  });
  for (const timer of timers) clearTimeout(timer);
}
