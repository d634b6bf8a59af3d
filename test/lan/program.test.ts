import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LanScanSchema } from '../../src/domain/lan-scan.ts';
import { readScan } from '../../src/domain/lan-text.ts';
import { runProgram } from './run-program.ts';
import { replyOf, SimulatedDevices } from './simulated-device.ts';

const BUILT = resolve(import.meta.dirname, '../../dist/lan/unbind-lan.mjs');
let ports = 38_300;

/** The program as an installer has it: one file in an empty folder, and Node. */
async function downloaded() {
  const folder = await mkdtemp(join(tmpdir(), 'unbind-lan-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await copyFile(BUILT, join(folder, 'unbind-lan.mjs'));
  ports += 1;
  const port = String(ports);
  const run = (...args: string[]) => runProgram(folder, args);
  const scanning = (...args: string[]) =>
    run('--interface', '127.0.0.1', '--port', port, '--seconds', '1', ...args);
  return { folder, run, scanning, port: ports };
}

async function devicesAt(port: number, count: number): Promise<void> {
  const replies = Array.from({ length: count }, (_, n) =>
    replyOf({
      serial: `DS-2CD2385G1-I20200414AAWRE${30_000_000 + n}`,
      model: 'DS-2CD2385G1-I',
      ip: `192.168.1.${n + 1}`,
      more: n === 0 ? { HCPlatformEnable: 'flase', Activated: 'true' } : {},
    }),
  );
  const devices = await SimulatedDevices.start('127.0.0.1', port, replies);
  onTestFinished(() => devices.stop());
}

/** An assistant that answers every list like this. */
async function assistantThat(status: number, body: object) {
  const got: { code: string; scan: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      got.push(JSON.parse(text));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('the program, from an empty folder', () => {
  it('shows a table, and without an assistant a text to paste', async () => {
    const { scanning, port } = await downloaded();
    await devicesAt(port, 2);
    const { code, output } = await scanning();
    expect(code).toBe(0);
    expect(output).toMatch(/Model +Số seri +IP/);
    expect(output).toMatch(/DS-2CD2385G1-I +E30000000 +192\.168\.1\.1 .*Hik-Connect đang tắt/);
    expect(output).toContain('Tìm thấy 2 thiết bị.');
    const pasted = readScan(output);
    expect(pasted.kind === 'scan' && pasted.scan.devices.map((one) => one.serial.short)).toEqual([
      'E30000000',
      'E30000001',
    ]);
  });

  it('speaks English when it is asked to', async () => {
    const { scanning, port } = await downloaded();
    await devicesAt(port, 1);
    const { output } = await scanning('--lang', 'en');
    expect(output).toContain('Found 1 device.');
    expect(output).toContain('Hik-Connect is off');
  });

  it('sends the list by a code, and says what to do next', async () => {
    const { scanning, port } = await downloaded();
    await devicesAt(port, 3);
    const { got, url } = await assistantThat(202, { kept: true });
    const { code, output } = await scanning('--server', `${url}/`, '--code', 'K7FQ-3XMD');
    expect(code).toBe(0);
    expect(output).toContain('Đã gửi 3 thiết bị. Anh/chị quay lại khung chat');
    expect(output).not.toContain('UNBIND-LAN');
    expect(got).toHaveLength(1);
    expect(got[0]?.code).toBe('K7FQ-3XMD');
    expect(LanScanSchema.parse(got[0]?.scan).devices).toHaveLength(3);
  });

  it('repeats the assistant’s own words when a code is refused, and offers the text', async () => {
    const { scanning, port } = await downloaded();
    await devicesAt(port, 1);
    const { url } = await assistantThat(404, {
      error: { code: 'wrongCode', message: 'Mã ghép đã hết hạn.' },
    });
    const { code, output } = await scanning('--server', url, '--code', 'K7FQ-3XMD');
    expect(code).toBe(1);
    expect(output).toContain('Mã ghép đã hết hạn.');
    expect(readScan(output).kind).toBe('scan');
  });

  it('tries again while nobody answers, with the same scan, then offers the text', async () => {
    const { scanning, port } = await downloaded();
    await devicesAt(port, 1);
    const { got, url } = await assistantThat(502, { proxy: 'down' });
    const { code, output } = await scanning('--server', url, '--code', 'K7FQ-3XMD');
    expect(code).toBe(1);
    expect(output).toContain(`Không kết nối được tới ${url}`);
    expect(readScan(output).kind).toBe('scan');
    expect(got).toHaveLength(3);
    expect(new Set(got.map(({ scan }) => LanScanSchema.parse(scan).scanId)).size).toBe(1);
  });

  it('gives scripts nothing but JSON', async () => {
    const { scanning, port } = await downloaded();
    await devicesAt(port, 2);
    const { code, output } = await scanning('--json');
    expect(code).toBe(0);
    const { unreadable, troubles, ...scan } = JSON.parse(output);
    expect(LanScanSchema.parse(scan).devices).toHaveLength(2);
    expect({ unreadable, troubles }).toEqual({ unreadable: 0, troubles: [] });
  });

  it('saves a long list as one file, and parts it for pasting', async () => {
    const { folder, scanning, port } = await downloaded();
    await devicesAt(port, 70);
    const { output } = await scanning('--save', 'list.txt');
    expect(output).toContain('chia làm 3 đoạn');
    expect(await readdir(folder)).toEqual(['list.txt', 'unbind-lan.mjs']);
    const saved = readScan(await readFile(join(folder, 'list.txt'), 'utf8'));
    expect(saved.kind === 'scan' && saved.scan.devices).toHaveLength(70);
  });

  it('says what to look at when nothing answers', async () => {
    const { scanning } = await downloaded();
    const { code, output } = await scanning();
    expect(code).toBe(0);
    expect(output).toContain('Chưa thấy thiết bị nào');
    expect(output).toContain('UDP 37020');
  });

  it('says what is wrong with a call, and shows no trace of code', async () => {
    const { run } = await downloaded();
    for (const [args, words] of [
      [['--seconds', '0'], '--seconds phải là số nguyên'],
      [['--server', 'ftp://x'], '--server phải là địa chỉ web'],
      [['--lang', 'fr'], '--lang phải là vi hoặc en'],
      [['--what'], 'Không hiểu “--what”'],
      [['--lang=en', 'word'], '“word” is not understood'],
    ] as const) {
      const { code, output, errors } = await run(...args);
      expect([code, output]).toEqual([2, '']);
      expect(errors).toContain(words);
      expect(errors.trim().split('\n')).toHaveLength(1);
    }
    const { code, output } = await run('--help');
    expect([code, output.includes('--code')]).toEqual([0, true]);
  });

  it('survives a folder that cannot be written and an interface that is none', async () => {
    const { run, scanning, port } = await downloaded();
    await devicesAt(port, 1);
    const unsaved = await scanning('--save', 'no/such/folder/list.txt');
    expect(unsaved.code).toBe(1);
    expect(unsaved.output).toContain('Không lưu được vào no/such/folder/list.txt (ENOENT)');
    expect(readScan(unsaved.output).kind).toBe('scan');
    const gone = await run('--interface', '203.0.113.7', '--seconds', '1', '--port', String(port));
    expect(gone.code).toBe(1);
    expect(gone.output).toContain('Không quét được trên 203.0.113.7 (EADDRNOTAVAIL).');
  });
});
