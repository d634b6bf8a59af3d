import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReply } from '../../src/lan/reply.ts';
import { replyOf } from './simulated-device.ts';

const parse = (text: string) => parseReply(Buffer.from(text));
const CAMERA = { serial: 'DS-2CD2385G1-I20200414AAWRE30000001', model: 'DS-2CD2385G1-I' };

describe('a reply', () => {
  it('is read whatever its order, casing and spacing', () => {
    const odd =
      '<?xml version="1.0" encoding="UTF-8" ?><ProbeMatch><Types>inquiry</Types>' +
      '<DEVICESN> D10000001 </DEVICESN><OEMinfo></OEMinfo><HCPlatformEnable>flase</HCPlatformEnable></ProbeMatch>\r\n';
    const fields = parse(odd);
    expect(fields?.get('devicesn')).toBe('D10000001');
    expect(fields?.get('hcplatformenable')).toBe('flase');
    expect(parse(replyOf(CAMERA))?.get('devicedescription')).toBe('DS-2CD2385G1-I');
    expect(parse(replyOf(CAMERA).replace('inquiry', 'inquiry_v32'))).not.toBeNull();
  });

  it('keeps numbers as they are written', () => {
    expect(parse(replyOf({ serial: '012345678' }))?.get('devicesn')).toBe('012345678');
  });

  it('is neither the probe of another program nor an answer to another command', () => {
    expect(parse('<Probe><Uuid>A</Uuid><Types>inquiry</Types></Probe>')).toBeNull();
    expect(parse(replyOf(CAMERA).replace('inquiry', 'getcode'))).toBeNull();
    expect(parse('')).toBeNull();
    expect(parse('<ProbeMatch></ProbeMatch>')).toBeNull();
  });

  it('brings no entities, no document types and no depth', () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' +
      '<ProbeMatch><DeviceSN>&b;</DeviceSN></ProbeMatch>';
    expect(parse(bomb)).toBeNull();
    const file = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><ProbeMatch><A>1</A></ProbeMatch>';
    expect(parse(file)).toBeNull();
    expect(parse('<ProbeMatch><A>&lt;b&gt;&#65;</A></ProbeMatch>')?.get('a')).toBe(
      '&lt;b&gt;&#65;',
    );
    const deep = `<ProbeMatch>${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}</ProbeMatch>`;
    expect(parse(deep)).toBeNull();
    expect(parse('<ProbeMatch><__proto__>x</__proto__><A>1</A></ProbeMatch>')?.get('a')).not.toBe(
      'x',
    );
  });

  it('longer than any device sends is none', () => {
    expect(parse(replyOf({ ...CAMERA, more: { Salt: '0'.repeat(9_000) } }))).toBeNull();
  });

  it('never throws, whatever comes in its place', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 3_000 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(`<ProbeMatch>${text}</ProbeMatch>`)),
    );
    fc.assert(fc.property(noise, (bytes) => void parseReply(bytes)));
    // A real reply with a part of it cut out or overwritten.
    const real = Buffer.from(replyOf({ ...CAMERA, ip: '10.0.0.1', mac: '58-50-ed-00-00-01' }));
    const damage = fc.tuple(fc.nat(real.length), fc.nat(real.length), fc.uint8Array());
    fc.assert(
      fc.property(damage, ([from, to, instead]) => {
        const damaged = [real.subarray(0, from), instead, real.subarray(to)];
        void parseReply(Buffer.concat(damaged));
      }),
    );
  });
});
