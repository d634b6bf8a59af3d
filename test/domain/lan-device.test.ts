import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byAddress,
  deviceFrom,
  LanDeviceSchema,
  mergeDevices,
  type ReplyFields,
  whyNot,
} from '../../src/domain/lan-device.ts';
import { fullSerial, shortSerial } from './arbitrary.ts';

const CAMERA = {
  devicesn: 'DS-2CD2385G1-I20200414AAWRE30000001',
  devicedescription: 'DS-2CD2385G1-I',
  mac: '58-50-ED-00-00-01',
  ipv4address: '192.168.124.40',
  softwareversion: 'V5.6.2build 190701',
  activated: 'true',
};
const fields = (more: Record<string, string> = {}): ReplyFields =>
  new Map(Object.entries({ ...CAMERA, ...more }));
const device = (more: Record<string, string> = {}, sender: string | null = null) => {
  const found = deviceFrom(fields(more), sender);
  if (!found) throw new Error('There is no device.');
  return found;
};

describe('a device, as its reply tells', () => {
  it('is read with everything that people know it by', () => {
    expect(device()).toEqual({
      serial: {
        short: 'E30000001',
        full: 'DS-2CD2385G1-I20200414AAWRE30000001',
        model: 'DS-2CD2385G1-I',
      },
      model: 'DS-2CD2385G1-I',
      ip: '192.168.124.40',
      mac: '58-50-ed-00-00-01',
      firmware: 'V5.6.2build 190701',
      activated: true,
      service: null,
      bound: null,
    });
  });

  it('takes "flase" for no, and a missing word for no word', () => {
    expect(device({ supporthcplatform: 'true', hcplatformenable: 'flase' }).service).toBe('off');
    expect(device({ hcplatformenable: 'True' }).service).toBe('on');
    expect(device({ supporthcplatform: 'false' }).service).toBe('unsupported');
    expect(device({ supporthcplatform: 'true' }).service).toBeNull();
    expect(device({ activated: 'flase' }).activated).toBe(false);
    expect(device({ activated: '' }).activated).toBeNull();
  });

  it('knows whether an account holds it by the numbers of the manufacturer', () => {
    expect(device({ ezvizbindstatus: '1' }).bound).toBe(true);
    expect(device({ ezvizbindstatus: '2' }).bound).toBe(false);
    expect(device({ ezvizbindstatus: '0' }).bound).toBeNull();
  });

  it('has the model of its serial where it calls itself "NVR"', () => {
    const recorder = device({
      devicesn: 'DS-7616NI-K2/16P1620201105AAWR123456789WCVU',
      devicedescription: 'NVR',
    });
    expect(recorder).toMatchObject({ model: 'DS-7616NI-K2/16P', serial: { short: '123456789' } });
  });

  it('has the address that its packet came from when it names none', () => {
    expect(device({ ipv4address: '0.0.0.0' }, '10.0.0.9').ip).toBe('10.0.0.9');
    expect(device({ ipv4address: '' }, null).ip).toBeNull();
    expect(device({}, '10.0.0.9').ip).toBe('192.168.124.40');
  });

  it('is none without a serial that can be one', () => {
    expect(deviceFrom(fields({ devicesn: '' }), null)).toBeNull();
    expect(deviceFrom(fields({ devicesn: 'DS-2CD2385G1-I' }), null)).toBeNull();
    expect(deviceFrom(new Map(), '10.0.0.9')).toBeNull();
  });

  it('cannot write outside of its place in a terminal or a chat', () => {
    const hostile = device({
      devicedescription: 'DS-1\u001b[2J\u0007\u202eGPJ\r\nsecond line',
      softwareversion: `V5\u0000${'9'.repeat(500)}`,
    });
    expect(hostile.model).toBe('DS-1[2JGPJsecond line');
    expect(hostile.firmware).toHaveLength(64);
  });

  it('is found in every serial of the known shapes', () => {
    fc.assert(
      fc.property(fullSerial, ({ full, short }) => {
        const found = deviceFrom(new Map([['devicesn', full.toLowerCase()]]), null);
        expect(found?.serial).toMatchObject({ short, full });
      }),
    );
    fc.assert(
      fc.property(shortSerial, (short) => {
        expect(deviceFrom(new Map([['devicesn', ` ${short} `]]), null)?.serial.short).toBe(short);
      }),
    );
  });

  it('fits its schema, whatever the fields hold', () => {
    const names = fc.constantFrom(
      ...Object.keys(CAMERA),
      'hcplatformenable',
      'supporthcplatform',
      'ezvizbindstatus',
    );
    const hostile = fc.dictionary(names, fc.string({ unit: 'binary', maxLength: 300 }));
    fc.assert(
      fc.property(hostile, shortSerial, fc.string(), (given, short, sender) => {
        const found = deviceFrom(new Map(Object.entries({ ...given, devicesn: short })), sender);
        expect(LanDeviceSchema.safeParse(found).success).toBe(true);
      }),
    );
  });
});

describe('why a device cannot be unbound', () => {
  it('is its own word: no service at all, not activated, nobody’s, or service off', () => {
    const says = { activated: true, service: 'on', bound: true } as const;
    expect(whyNot(says)).toBeNull();
    expect(whyNot({ ...says, service: null, bound: null, activated: null })).toBeNull();
    expect(whyNot({ ...says, service: 'off' })).toBe('serviceOff');
    expect(whyNot({ ...says, bound: false, service: 'off' })).toBe('notBound');
    expect(whyNot({ ...says, activated: false, service: 'off' })).toBe('notActivated');
    expect(whyNot({ ...says, activated: false, service: 'unsupported' })).toBe('unsupported');
  });
});

describe('several replies', () => {
  it('of one device fill in what the others left out', () => {
    const brief = device({ mac: '', softwareversion: '', hcplatformenable: 'true' });
    expect(mergeDevices(device(), brief)).toEqual({ ...device(), service: 'on' });
    expect(mergeDevices(brief, device())).toEqual({ ...device(), service: 'on' });
  });

  it('are put in the order of their addresses, as numbers', () => {
    const at = (ip: string) => device({ ipv4address: ip });
    const sorted = ['10.0.0.10', '192.168.1.1', '10.0.0.9', ''].map(at).sort(byAddress);
    expect(sorted.map(({ ip }) => ip)).toEqual(['10.0.0.9', '10.0.0.10', '192.168.1.1', null]);
  });
});
