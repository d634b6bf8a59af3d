import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ANY, lanInterfaces } from '../../src/lan/interfaces.ts';
import { run } from '../../src/lan/run.ts';
import { Screen } from '../../src/lan/screen.ts';
import { systemLanguage } from '../../src/lan/texts.ts';
import { replyOf, SimulatedDevices } from './simulated-device.ts';

const address = (ip: string, more: object = {}) => ({
  address: ip,
  netmask: '255.255.255.0',
  family: 'IPv4' as const,
  mac: '00:00:00:00:00:00',
  internal: false,
  cidr: null,
  ...more,
});

describe('the interfaces', () => {
  it('are those with an IPv4 address of their own', () => {
    const listed = lanInterfaces(() => ({
      lo: [address('127.0.0.1', { internal: true })],
      eth0: [address('192.168.1.5'), address('fe80::1', { family: 'IPv6', scopeid: 2 }) as never],
      wlan0: [address('10.0.0.7')],
    }));
    expect(listed.map((one) => one.address)).toEqual(['192.168.1.5', '10.0.0.7']);
  });

  it('are the system’s choice where it does not list them, as on newer Androids', () => {
    const refuse = () => {
      throw new Error('uv_interface_addresses returned Unknown system error 13');
    };
    expect(lanInterfaces(refuse)).toEqual([ANY]);
  });
});

describe('the language', () => {
  it('is Vietnamese unless the system’s is English', () => {
    expect(systemLanguage({ LANG: 'vi_VN.UTF-8' })).toBe('vi');
    expect(systemLanguage({ LANG: 'en_GB.UTF-8' })).toBe('en');
    expect(systemLanguage({ LC_ALL: 'en_US', LANG: 'vi_VN' })).toBe('en');
    expect(systemLanguage({ LANG: 'C.UTF-8' })).toBe('vi');
  });
});

describe('the screen', () => {
  const terminal = (isTTY: boolean) => {
    const written: string[] = [];
    const output = { isTTY, columns: 10, rows: 5, write: (text: string) => written.push(text) };
    return { screen: new Screen(output), written };
  };

  it('draws over what it drew, never over more than the terminal holds', () => {
    const { screen, written } = terminal(true);
    screen.draw(['1', '2', '3', '4', 'a line that is too long']);
    screen.draw(['5']);
    screen.print('done');
    expect(written).toEqual([
      '3\n4\na line th\n',
      '\u001b[3A\u001b[J5\n',
      '\u001b[1A\u001b[Jdone\n',
    ]);
  });

  it('draws nothing into a file', () => {
    const { screen, written } = terminal(false);
    screen.draw(['1']);
    screen.print('done');
    expect(written).toEqual(['done\n']);
  });
});

describe('somebody at a terminal', () => {
  it('may mistype the code, and gives up with an empty line', async () => {
    const port = 38_500;
    const devices = await SimulatedDevices.start('127.0.0.1', port, [
      replyOf({ serial: 'D10000001' }),
    ]);
    onTestFinished(() => devices.stop());
    const refusal = { error: { code: 'wrongCode', message: 'Mã ghép không đúng.' } };
    const asked = vi
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async () => Response.json(refusal, { status: 404 }));
    const written: string[] = [];
    const output = { write: (text: string) => written.push(text) };
    const typed = ['K7FQ-3XMA', 'K7FQ-3XMC', ''];
    const args = ['--interface', '127.0.0.1', '--port', String(port), '--seconds', '1'];
    const code = await run(args, {
      env: { LANG: 'vi' },
      output,
      errors: output,
      ask: async () => typed.shift() ?? '',
      signal: new AbortController().signal,
      preset: 'https://assistant.example.vn',
      now: Date.now,
      interfaces: () => [],
    });
    expect(code).toBe(0);
    expect(asked.mock.calls.map(([url]) => url)).toEqual(
      Array(2).fill('https://assistant.example.vn/api/lan/devices'),
    );
    expect(written.join('')).toContain('UNBIND-LAN/END');
  });
});

describe('a computer on no network', () => {
  it('is told so', async () => {
    const written: string[] = [];
    const output = { write: (text: string) => written.push(text) };
    const around = { env: { LANG: 'vi' }, output, errors: output, ask: null, preset: '' };
    const more = { signal: new AbortController().signal, now: Date.now, interfaces: () => [] };
    expect(await run([], { ...around, ...more })).toBe(1);
    expect(written.join('')).toContain('Máy này chưa nối mạng nào');
  });
});
