import { describe, expect, it } from 'vitest';
import { hashOf, makeCode } from '../../src/pairing/codes.ts';
import { createPair } from '../../src/pairing/pair.ts';
import { scanOf } from '../conversations/scans.ts';
import { PairingHouse } from './house.ts';

const another = (devices: string[]) => ({
  ...scanOf(devices),
  scanId: '740777c1-21b1-4f9c-a3fa-18d4206ffb83',
});
const codeOf = (answer: { json(): { error?: { code: string } } }) => answer.json().error?.code;

describe('a scanner’s list', () => {
  it('becomes choices in the conversation that gave the code out, and in no other', async () => {
    const house = await PairingHouse.build();
    const [minh, hoa] = [await house.code('minh'), await house.code('hoa')];
    const answer = await house.sends(minh, scanOf(['D10000001 on', 'D10000002 off']));
    expect(answer.statusCode).toBe(202);
    expect((await house.said('minh')).at(-1)).toContain('D10000001');
    expect((await house.said('hoa')).join('\n')).not.toContain('D10000001');
    expect((await house.sends(hoa)).statusCode).toBe(202);
  });

  it('is taken however the code is written', async () => {
    const house = await PairingHouse.build();
    const code = await house.code('minh');
    const written = ` ${code.toLowerCase().replace('-', ' ')} `;
    expect((await house.sends(written)).statusCode).toBe(202);
  });

  it('counts once: the same scan may repeat itself, another one is refused', async () => {
    const house = await PairingHouse.build();
    const code = await house.code('minh');
    await house.sends(code);
    const lines = (await house.said('minh')).length;
    expect((await house.sends(code)).statusCode).toBe(202);
    expect(await house.said('minh')).toHaveLength(lines);
    const stolen = await house.sends(code, another(['D66666666']));
    expect([stolen.statusCode, codeOf(stolen)]).toEqual([404, 'wrongCode']);
    expect((await house.said('minh')).join('\n')).not.toContain('D66666666');
  });

  it('of many that come at once with one code is one', async () => {
    const house = await PairingHouse.build();
    const code = await house.code('minh');
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((letter) =>
        house.sends(code, {
          ...scanOf(['D10000001']),
          scanId: `740777c1-21b1-4f9c-a3fa-18d4206ffb8${letter}`,
        }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([202, 404, 404, 404, 404]);
  });

  it('that could not be kept is taken when it comes again', async () => {
    const house = await PairingHouse.build();
    const code = await house.code('minh');
    house.down = true;
    const refused = await house.sends(code);
    expect([refused.statusCode, codeOf(refused)]).toEqual([503, 'notKept']);
    house.down = false;
    expect((await house.sends(code)).statusCode).toBe(202);
    expect((await house.said('minh')).at(-1)).toContain('D10000001');
  });

  it('comes too late after 15 minutes, and by an older code than the newest', async () => {
    const house = await PairingHouse.build();
    const old = await house.code('minh');
    const code = await house.code('minh');
    expect((await house.sends(old)).statusCode).toBe(404);
    house.engine.now += 15 * 60_000;
    const late = await house.sends(code);
    expect(late.statusCode).toBe(404);
    expect(late.json().error.message).toContain('Mã ghép không đúng, đã dùng rồi hoặc đã hết hạn');
    const english = await house.sends('nonsense', undefined, 'en');
    expect(english.json().error.message).toContain('Press “Scan my network”');
  });

  it('is still awaited after a restart of the assistant', async () => {
    const house = await PairingHouse.build();
    const code = await house.code('minh');
    await house.engine.close();
    await house.engine.open();
    expect((await house.sends(code)).statusCode).toBe(202);
    expect((await house.said('minh')).at(-1)).toContain('D10000001');
  });

  it('is bounded in size, in number, and in what it may hold', async () => {
    const house = await PairingHouse.build({ perMinute: 8 });
    const code = await house.code('minh');
    const serials = Array.from({ length: 257 }, (_, n) => `D${10_000_000 + n}`);
    const many = await house.sends(code, scanOf(serials));
    expect([many.statusCode, codeOf(many)]).toEqual([400, 'badList']);
    const [device] = scanOf(['D10000001']).devices;
    const odd = { ...scanOf([]), devices: [{ ...device, ip: 'http://evil' }] } as never;
    expect((await house.sends(code, odd)).json().error.message).toContain('scan.devices.0.ip');
    const turned = { ...scanOf([]), devices: [{ ...device, model: '\u202egpj.exe' }] } as never;
    expect((await house.sends(code, turned)).json().error.message).toContain('devices.0.model');
    const serial = { ...device?.serial, short: 'D10000002' };
    const mixed = { ...scanOf([]), devices: [{ ...device, serial }] } as never;
    expect((await house.sends(code, mixed)).json().error.message).toContain('devices.0.serial');
    const huge = { ...scanOf([]), more: 'x'.repeat(200_000) } as never;
    expect((await house.sends(code, huge)).statusCode).toBe(413);
    expect((await house.sends(code, scanOf(serials.slice(1)))).statusCode).toBe(202);
    await house.sends(code);
    await house.sends(code);
    const fast = await house.sends(code);
    expect([fast.statusCode, codeOf(fast)]).toEqual([429, 'tooFast']);
    expect(Number(fast.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('leaves neither a code nor a serial in the log', async () => {
    const house = await PairingHouse.build();
    const code = await house.code('minh');
    await house.sends(code);
    await house.sends(code, another(['D10000009']));
    const logged = house.logged.join('');
    expect(logged).toContain('/api/lan/devices');
    for (const hidden of [code, code.replace('-', ''), 'D1000000']) {
      expect(logged).not.toContain(hidden);
    }
  });
});

describe('a pairing code', () => {
  it('is eight characters that nobody confuses, and is kept by its hash', () => {
    const codes = Array.from({ length: 500 }, makeCode);
    for (const code of codes) expect(code).toMatch(/^[34679ACDEFGHJKMNPQRTUVWXY]{4}-[^-]{4}$/);
    expect(new Set(codes).size).toBe(500);
    expect(hashOf('k7fq 3xmd')).toBe(hashOf('K7FQ-3XMD'));
    for (const none of ['', 'K7FQ-3XM', 'K7FQ-3XMDD', 'K7FQ-3XM0', '🙂']) {
      expect(hashOf(none)).toBeNull();
    }
  });

  it('that somebody has already is not given out again', async () => {
    const house = await PairingHouse.build();
    const known = await house.code('minh');
    await house.code('hoa');
    const { store } = house.engine;
    const row = await store.conversationByChat('telegram', 'hoa');
    const offers = [known, 'K7FQ-3XMD'];
    const pair = createPair({
      store,
      page: () => null,
      now: () => house.engine.now,
      code: () => offers.shift() ?? '',
    });
    const due = { effectId: 9, conversationId: row?.conversationId, channel: 'telegram' } as never;
    const done = await pair({
      ...(due as object),
      effect: { kind: 'pair', pairId: 'f1c1', formId: 'f1' },
    } as never);
    expect(done).toMatchObject({ result: { eventId: 'pair:9', code: 'K7FQ-3XMD', page: null } });
  });
});
