import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packTarball } from '../../src/pairing/tarball.ts';
import { PairingHouse } from './house.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'lan-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

describe('the scanner’s page', () => {
  it('says how it is started on each system, in the language asked for', async () => {
    const { app } = await PairingHouse.build({ publicUrl: 'https://assistant.example.vn' });
    const vi = await app.inject({ url: '/lan', headers: { 'accept-language': 'vi' } });
    expect(vi.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(vi.body).toContain('<html lang="vi">');
    for (const system of ['Windows', 'macOS', 'Linux', 'Android (Termux)']) {
      expect(vi.body).toContain(`<h2>${system}</h2>`);
    }
    expect(vi.body).toContain('curl -fO https://assistant.example.vn/lan/unbind-lan.mjs');
    const en = await app.inject({ url: '/lan', headers: { 'accept-language': 'en-GB,en' } });
    expect(en.body).toContain('<html lang="en">');
    expect((await app.inject('/lan?lang=en')).body).toContain('Download unbind-lan.mjs');
    expect((await app.inject('/lan?lang=fr')).statusCode).toBe(400);
    expect((await app.inject('/lan/style.css')).body).toContain('--accent');
  });

  it('hands out the program with its own address, as a file and as a package', async () => {
    const { app } = await PairingHouse.build({ publicUrl: 'https://assistant.example.vn' });
    const file = await app.inject('/lan/unbind-lan.mjs');
    expect(file.headers['content-disposition']).toBe('attachment; filename="unbind-lan.mjs"');
    const [shebang, preset] = file.body.split('\n');
    expect(shebang).toBe('#!/usr/bin/env node');
    expect(preset).toBe('globalThis.UNBIND_LAN_SERVER = "https://assistant.example.vn";');
    const made = folder();
    const tarball = await app.inject('/lan/unbind-lan.tgz');
    writeFileSync(join(made, 'it.tgz'), tarball.rawPayload);
    execFileSync('tar', ['xzf', 'it.tgz'], { cwd: made });
    const { PATH, ...env } = process.env;
    const printed = execFileSync(
      process.execPath,
      [join(made, 'package/unbind-lan.mjs'), '--version'],
      { cwd: made, env, encoding: 'utf8' },
    );
    expect(printed).toBe('1.0.0\n');
  });

  it('names the address it was asked at where no other is set', async () => {
    const { app } = await PairingHouse.build();
    const { body } = await app.inject({
      url: '/lan/unbind-lan.mjs',
      headers: { host: '192.168.1.5:3978' },
    });
    expect(body.split('\n')[1]).toBe('globalThis.UNBIND_LAN_SERVER = "http://192.168.1.5:3978";');
  });

  it('cannot be made to hand out what a request wrote', async () => {
    const { app } = await PairingHouse.build();
    for (const host of ['a";alert(1);//', '<b>', 'x y']) {
      for (const url of ['/lan', '/lan/unbind-lan.mjs']) {
        const { body } = await app.inject({ url, headers: { host } });
        expect(body).not.toContain(host);
      }
    }
  });

  it('says so when the program was not built', async () => {
    const { app } = await PairingHouse.build({ program: join(folder(), 'none.mjs') });
    const answer = await app.inject('/lan/unbind-lan.mjs');
    expect([answer.statusCode, answer.json().error.code]).toEqual([503, 'noProgram']);
  });
});

describe('a tarball', () => {
  it('is unpacked as it was packed, whatever the sizes', () => {
    const files = [0, 1, 511, 512, 513].map((size) => ({
      name: `package/of-${size}.txt`,
      text: 'x'.repeat(size),
    }));
    const made = folder();
    writeFileSync(join(made, 'it.tgz'), packTarball(files));
    execFileSync('tar', ['xzf', 'it.tgz'], { cwd: made });
    for (const { name, text } of files) {
      expect(execFileSync('cat', [join(made, name)], { encoding: 'utf8' })).toBe(text);
    }
  });
});
