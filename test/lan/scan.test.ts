import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { probe, type ScanOptions, type Seen, scan } from '../../src/lan/scan.ts';
import { whyNoNamespaces } from './namespaces.ts';
import { type Answers, GROUP, replyOf, SimulatedDevices } from './simulated-device.ts';

const LOOPBACK = '127.0.0.1';
let ports = 38_100;

interface Given {
  answers?: (n: number) => Answers;
  inquiry?: string;
}

/** Devices at a port of their own. */
async function devicesWith(replies: readonly (string | Uint8Array)[], given: Given = {}) {
  ports += 1;
  const devices = await SimulatedDevices.start(LOOPBACK, ports, replies, given);
  onTestFinished(() => devices.stop());
  const look = (more: Partial<ScanOptions> = {}): Promise<Seen> =>
    scan({ addresses: [LOOPBACK], seconds: 1, port: ports, ...more });
  return { devices, look, port: ports };
}

const camera = (n: number) =>
  replyOf({
    serial: `DS-2CD2385G1-I20200414AAWRE${String(30_000_000 + n)}`,
    model: 'DS-2CD2385G1-I',
    ip: `10.1.${Math.floor(n / 250)}.${(n % 250) + 1}`,
    mac: `58-50-ed-00-00-${(n % 256).toString(16).padStart(2, '0')}`,
    more: { HCPlatformEnable: n % 2 ? 'flase' : 'true' },
  });
const cameras = (count: number) => Array.from({ length: count }, (_, n) => camera(n));
const shorts = (seen: Seen) => seen.devices.map(({ serial }) => serial.short);

describe('a scan', () => {
  it.each([1, 2, 200])('sees %i devices, each once, in the order of their addresses', async (n) => {
    const how: Answers[] = ['multicast', 'unicast', 'both'];
    const { look } = await devicesWith(cameras(n), {
      answers: (device) => how[device % 3] ?? 'both',
    });
    const seen = await look();
    expect(shorts(seen)).toEqual(Array.from({ length: n }, (_, i) => `E${30_000_000 + i}`));
    expect(seen).toMatchObject({ unreadable: 0, troubles: [] });
  });

  it.each(['inquiry', 'inquiry_v32'])('finds devices that know %s only', async (inquiry) => {
    const { look } = await devicesWith(cameras(2), { inquiry });
    expect(shorts(await look())).toHaveLength(2);
  });

  it('asks again for who did not hear', async () => {
    const { devices, look } = await devicesWith(cameras(1));
    await look();
    expect(devices.heard.length).toBeGreaterThanOrEqual(8);
  });

  it('sends nothing but the question who is there', async () => {
    const { devices, look } = await devicesWith(cameras(3));
    await look();
    const question =
      /^<\?xml version="1\.0" encoding="utf-8"\?><Probe><Uuid>[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}<\/Uuid><Types>inquiry(?:_v32)?<\/Types><\/Probe>$/;
    for (const packet of devices.heard) expect(packet).toMatch(question);
    expect(probe('inquiry')).toMatch(question);
  });

  it('tells as it goes, and ends early with what it has', async () => {
    const { look } = await devicesWith(cameras(3));
    const early = new AbortController();
    const told: number[] = [];
    const onSeen = (seen: Seen) => {
      told.push(seen.devices.length);
      if (seen.devices.length === 3) early.abort();
    };
    const begun = performance.now();
    const seen = await look({ seconds: 60, signal: early.signal, onSeen });
    expect(shorts(seen)).toHaveLength(3);
    expect(told.slice(0, 3)).toEqual([1, 2, 3]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('counts a device without a readable serial once, and goes on through noise', async () => {
    const silent = replyOf({ serial: '', mac: '58-50-ed-00-00-99' });
    const noise = Buffer.from([0xff, 0xfe, 0, 1, 2]);
    const { look } = await devicesWith([noise, silent, '<ProbeMatch', camera(1), '']);
    const seen = await look();
    expect(shorts(seen)).toEqual(['E30000001']);
    expect(seen.unreadable).toBe(1);
  });

  it('is not filled up by a flood of invented devices', async () => {
    const { look, port } = await devicesWith(cameras(1));
    const liar = createSocket('udp4');
    onTestFinished(() => void liar.close());
    liar.bind(0, LOOPBACK, () => liar.setMulticastInterface(LOOPBACK));
    let n = 0;
    const flood = setInterval(() => {
      for (let i = 0; i < 200; i += 1, n += 1) liar.send(camera(1_000_000 + n), port, GROUP);
    }, 5);
    const seen = await look();
    clearInterval(flood);
    expect(seen.devices.length).toBeLessThanOrEqual(1_024);
    expect(seen.devices.length).toBeGreaterThan(100);
  });

  it('goes on without an interface that is gone, and says which', async () => {
    const { look } = await devicesWith(cameras(1));
    const seen = await look({ addresses: ['203.0.113.7', LOOPBACK] });
    expect(shorts(seen)).toEqual(['E30000000']);
    expect(seen.troubles).toEqual([{ address: '203.0.113.7', code: 'EADDRNOTAVAIL' }]);
  });

  it('sees who answers the asker when the port may not be shared', async () => {
    ports += 1;
    const selfish = createSocket('udp4');
    onTestFinished(() => void selfish.close());
    await new Promise<void>((done) => selfish.bind(ports, () => done()));
    selfish.addMembership(GROUP, LOOPBACK);
    selfish.on('message', (_packet, { port, address }) => selfish.send(camera(1), port, address));
    const seen = await scan({ addresses: [LOOPBACK], seconds: 1, port: ports });
    expect(shorts(seen)).toEqual(['E30000001']);
    expect(seen.troubles).toEqual([{ address: null, code: 'EADDRINUSE' }]);
  });

  it.skipIf(whyNoNamespaces() !== null)(
    'goes out on each of several networks, and hears multicast of one and unicast of the other',
    () => {
      const script = resolve(import.meta.dirname, 'children/two-networks.ts');
      const printed = execFileSync('unshare', ['--net', process.execPath, script], {
        encoding: 'utf8',
      });
      const { addresses, seen, heard } = JSON.parse(printed);
      expect(addresses.sort()).toEqual(['10.77.1.1', '10.77.2.1']);
      expect(shorts(seen)).toEqual([
        'D10000001',
        'D10000002',
        'D10000003',
        'D20000001',
        'D20000002',
        'D20000003',
      ]);
      for (const packets of heard) expect(packets).toHaveLength(8);
    },
    30_000,
  );
});
