import { describe, expect, it } from 'vitest';
import { interpret } from '../../src/evidence/interpret.ts';
import type { Code } from '../../src/evidence/readers/reader.ts';
import { labelText } from '../pictures/index.ts';

const corners = [
  { x: 0.5, y: 0.25 },
  { x: 0.75, y: 0.5 },
];

function code(text: string, by: Code['by'] = 'qrCode'): Code {
  return { text, by, confidence: 1, corners };
}

describe('what a code in a picture means', () => {
  it('is a serial with its place on a label, and never the verification code', () => {
    const label = { serial: 'D12345678', code: 'QWERTY', model: 'DS-2CD2043G2-I' };
    const meaning = interpret(code(labelText(label)));
    expect(meaning).toMatchObject({
      kind: 'serial',
      serial: {
        short: 'D12345678',
        model: 'DS-2CD2043G2-I',
        by: 'qrCode',
        anchored: true,
        confidence: 1,
        place: { x: 0.5, y: 0.25, width: 0.25, height: 0.25 },
      },
    });
    expect(JSON.stringify(meaning)).not.toContain('QWERTY');
  });

  it('is a serial in bars only when the bars say nothing else', () => {
    expect(interpret(code('GB1234567', 'code128'))).toMatchObject({
      kind: 'serial',
      serial: { short: 'GB1234567', by: 'code128', anchored: true },
    });
    expect(interpret(code('SN GB1234567', 'code128'))).toEqual({ kind: 'nothing' });
    expect(interpret(code('Order 123456789', 'code128'))).toEqual({ kind: 'nothing' });
    expect(interpret(code('1234567890123', 'code128'))).toEqual({ kind: 'nothing' });
  });

  it('is taken to the letter: a decoded O is an O, and nothing is mended', () => {
    expect(interpret(code('OB1234567', 'code128'))).toMatchObject({
      serial: { short: 'OB1234567' },
    });
    expect(interpret(code('D1234567O', 'code128'))).toEqual({ kind: 'nothing' });
  });

  it('is doubtful for nine bare digits: material numbers look the same', () => {
    expect(interpret(code('301500123', 'code128'))).toMatchObject({
      kind: 'serial',
      serial: { short: '301500123', anchored: false },
    });
  });

  it('keeps the full form of a serial', () => {
    const full = 'DS-2CD2043G2-I20210105AAWRF12345678';
    expect(interpret(code(full, 'dataMatrix'))).toMatchObject({
      kind: 'serial',
      serial: { short: 'F12345678', full, anchored: true },
    });
  });

  it('is secret for a SADP string, and a refusal for a share QR', () => {
    const sadp = Buffer.concat([Buffer.from([3, 0, 0, 0]), Buffer.alloc(80, 7)]).toString('base64');
    expect(interpret(code(sadp))).toEqual({ kind: 'sadp', text: sadp });
    expect(interpret(code(`QRC03010003${sadp}`))).toEqual({ kind: 'share' });
  });

  it('is nothing for a web address or a Wi-Fi code', () => {
    expect(interpret(code('https://example.com/123456789'))).toEqual({ kind: 'nothing' });
    expect(interpret(code('WIFI:S:home;T:WPA;P:secret;;'))).toEqual({ kind: 'nothing' });
  });
});
