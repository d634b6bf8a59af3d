import type { LanDevice } from '../../src/domain/lan-device.ts';
import type { LanScan } from '../../src/domain/lan-scan.ts';

/** What a word behind a serial stands for. */
const STATES: Record<string, Partial<LanDevice>> = {
  on: { service: 'on' },
  off: { service: 'off' },
  unsupported: { service: 'unsupported' },
  inactive: { activated: false },
  unbound: { bound: false, service: 'on' },
};

function deviceOf(text: string, index: number): LanDevice {
  const [short = '', state = ''] = text.split(' ');
  return {
    serial: { short, full: `DS-2CD2385G1-I20200414AAWR${short}`, model: 'DS-2CD2385G1-I' },
    model: 'DS-2CD2385G1-I',
    ip: `192.168.${1 + Math.floor(index / 240)}.${10 + (index % 240)}`,
    mac: null,
    firmware: 'V5.6.2build 190701',
    activated: true,
    service: null,
    bound: null,
    ...STATES[state],
  };
}

/** Twelve hexadecimal digits that are the same for the same text. */
function numberOf(text: string): string {
  const sum = [...text].reduce((all, char) => (all * 31 + char.charCodeAt(0)) % 2 ** 40, 7);
  return sum.toString(16).padStart(12, '0');
}

/** A scan of these devices, the same one for the same devices: "D10000001", or with what the device says, "D10000001 off". */
export function scanOf(devices: readonly string[]): LanScan {
  return {
    scanId: `e8448691-0d44-4efb-80ff-${numberOf(devices.join())}`,
    at: Date.parse('2026-11-23T09:59:00+07:00'),
    program: '1.0.0',
    answered: devices.length,
    devices: devices.map(deviceOf),
  };
}
