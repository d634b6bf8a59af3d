import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, runProgram } from './run-program.ts';
import { replyOf, SimulatedDevices } from './simulated-device.ts';

/** A computer that stands on one network with simulated devices, and runs what a server hands out. */
export class BesideDevices {
  readonly #devices: SimulatedDevices;
  readonly #port: number;
  readonly #folder: string;

  private constructor(devices: SimulatedDevices, port: number, folder: string) {
    this.#devices = devices;
    this.#port = port;
    this.#folder = folder;
  }

  /** @param serials each with what its device says of Hik-Connect */
  static async stand(port: number, serials: Record<string, 'true' | 'flase'>) {
    const replies = Object.entries(serials).map(([serial, service], n) =>
      replyOf({
        serial: `DS-2CD2143G2-I20210105AAWR${serial}`,
        model: 'DS-2CD2143G2-I',
        ip: `192.168.1.${64 + n}`,
        mac: `58-50-ed-00-00-0${n}`,
        more: { Activated: 'true', SupportHCPlatform: 'true', HCPlatformEnable: service },
      }),
    );
    const devices = await SimulatedDevices.start('127.0.0.1', port, replies);
    return new BesideDevices(devices, port, await mkdtemp(join(tmpdir(), 'beside-')));
  }

  /** Downloads the scanner and runs it; it knows its server by itself. */
  async scans(server: string, code: string): Promise<Ran> {
    const response = await fetch(`${server}/lan/unbind-lan.mjs`);
    await writeFile(join(this.#folder, 'unbind-lan.mjs'), await response.text());
    const where = ['--interface', '127.0.0.1', '--port', String(this.#port), '--seconds', '2'];
    return runProgram(this.#folder, [...where, '--code', code]);
  }

  async leave(): Promise<void> {
    await this.#devices.stop();
    await rm(this.#folder, { recursive: true });
  }
}

/** The pairing code in what the bot said. */
export function codeIn(text: string): string {
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0];
  if (!code) throw new Error(`There is no code in "${text}".`);
  return code;
}
