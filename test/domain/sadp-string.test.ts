import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPieces, recogniseSadp, withoutSadpCodes } from '../../src/domain/sadp-string.ts';
import { formatA, formatB } from './arbitrary.ts';

/** A string of format A with made-up payload. */
const A = Buffer.from([
  3,
  0,
  0,
  0,
  ...Array.from({ length: 92 }, (_, i) => (i * i * 7 + i * 31 + 13) & 255),
]).toString('base64');

const WRAPPERS: readonly ((code: string) => string)[] = [
  (code) => code,
  (code) => `\uFEFF${code}\r\n`,
  (code) => `\n  ${code}  \n`,
  (code) => `<Code>${code}</Code>`,
  (code) => `<EncryptString>\r\n${code}\r\n</EncryptString>`,
  (code) => `<?xml version="1.0" encoding="UTF-8"?>\n<DeviceKey>${code}</DeviceKey>`,
  (code) =>
    `<?xml version="1.0" encoding="UTF-8"?>\r\n<ProbeMatch><Uuid>F93CF8DC-DF53-424B-98A7-9FC0536E1083</Uuid><MAC>44-47-cc-00-00-02</MAC><Types>getcode</Types><Result>success</Result><Code>${code}</Code></ProbeMatch>\r\n`,
  (code) => `https://www.example.com/reset?code=D:DS-2CD1023G0E**${code}`,
  (code) => `Dạ chuỗi đây ạ: ${code} giúp em với`,
  (code) => `Đây em nhé\n${code}`,
  (code) => code.replace(/(.{64})/g, '$1\r\n'),
  (code) => code.replace(/(.{76})/g, '$1 '),
];

describe('the string that SADP exports', () => {
  it('is recognised in format A and B in every wrapper, and given back bare', () => {
    const known = fc.oneof(
      formatA.map((code) => ({ code, format: 'A' })),
      formatB.map((code) => ({ code, format: 'B' })),
    );
    fc.assert(
      fc.property(known, fc.constantFrom(...WRAPPERS), ({ code, format }, wrap) => {
        expect(recogniseSadp(wrap(code))).toEqual({ kind: 'complete', text: code, format });
      }),
      { numRuns: 300 },
    );
  });

  it('has a last line that may look like a word, where the lines before it are full', () => {
    const code = `AwAAA${'A'.repeat(59)}Dcca`;
    const wrapped = code.replace(/(.{64})/g, '$1\r\n');
    expect(recogniseSadp(wrapped)).toEqual({ kind: 'complete', text: code, format: 'A' });
    const followed = recogniseSadp(`${code.slice(0, 60)} giup em voi nhe`);
    expect(followed).toEqual({ kind: 'complete', text: code.slice(0, 60), format: 'A' });
  });

  it('of format B is whole only with its end', () => {
    fc.assert(
      fc.property(formatB, fc.integer({ min: 20, max: 600 }), (code, length) => {
        const cut = code.slice(0, length);
        expect(recogniseSadp(cut)).toEqual({ kind: 'piece', text: cut });
      }),
    );
  });

  it('of format A needs its header, a multiple of four and at least 40 characters', () => {
    expect(recogniseSadp(A)).toMatchObject({ kind: 'complete', format: 'A' });
    expect(recogniseSadp(A.slice(0, 39))).toMatchObject({ kind: 'piece' });
    expect(recogniseSadp(A.slice(0, 36))).toMatchObject({ kind: 'piece' });
    expect(recogniseSadp(A.slice(0, A.length - 1))).toMatchObject({ kind: 'piece' });
    expect(recogniseSadp(A.repeat(9))).toEqual({ kind: 'none' });
  });

  it('with a header never seen is taken as unknown when it is long enough', () => {
    const body = A.slice(8);
    expect(recogniseSadp(body)).toEqual({ kind: 'complete', text: body, format: 'unknown' });
    expect(recogniseSadp(body.slice(0, 61))).toMatchObject({ kind: 'piece' });
    expect(recogniseSadp(body.slice(0, 40))).toMatchObject({ kind: 'piece' });
  });

  it('whose element is not closed is a piece, however well it ends', () => {
    const cut = `<ProbeMatch><Types>getcode</Types><Code>${A.slice(0, 80)}`;
    expect(recogniseSadp(cut)).toEqual({ kind: 'piece', text: A.slice(0, 80) });
  });

  it.each([
    `<!DOCTYPE x [<!ENTITY a "b">]><Code>${A}</Code>`,
    `<!doctype x><Code>${A}</Code>`,
    `<Code>${A.slice(0, 40)}&a;${A.slice(40)}</Code>`,
    `<Code>&#65;${A.slice(1)}</Code>`,
  ])('is not taken from XML with a document type or entities (%#)', (xml) => {
    expect(recogniseSadp(xml)).toEqual({ kind: 'none' });
  });

  it('is not what a reply without a code is', () => {
    const reply =
      '<ProbeMatch><Types>inquiry</Types><DeviceSN>DS-2CD2320D-I20180919AACHC50607080</DeviceSN><Salt>q1W2e3R4t5Y6u7I8o9P0a1S2d3F4g5H6</Salt></ProbeMatch>';
    expect(recogniseSadp(reply)).toEqual({ kind: 'none' });
  });

  it('is told from a share code, which is refused', () => {
    expect(recogniseSadp('QRC03010003eJxLTEpOSU1Lz8jMAgAQCgMb')).toEqual({ kind: 'share' });
  });

  it.each([
    '',
    'D12345678',
    'DS-7608NI-E2/8P0820160211AAWR123456789WCVU',
    '0912345678',
    'https://example.com/AbcDef123456Gh789012345Zz',
    'www.example.com',
    'iVMS-4200',
    'IMG20231105Photo1234',
    '44:47:cc:00:00:02',
    'xin chao em oi toi muon huy lien ket thiet bi nay giup em voi nhe cam on em nhieu lam',
    'Dạ em chào anh chị, em muốn hủy liên kết 2 camera ở nhà khách, mã DS-2CD1023G0E ạ.',
    'd41d8cd98f00b204e9800998ecf8427e',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '😀'.repeat(40),
    '<3 cảm ơn em',
  ])('is not %j', (text) => expect(recogniseSadp(text)).toEqual({ kind: 'none' }));
});

describe('a string sent in pieces', () => {
  const pieces = fc
    .tuple(
      fc.oneof(formatA, formatB),
      fc.array(fc.integer({ min: 1, max: 1023 }), { maxLength: 5 }),
    )
    .map(([code, cuts]) => {
      const places = [...new Set([0, ...cuts.filter((cut) => cut < code.length), code.length])];
      places.sort((a, b) => a - b);
      return { code, parts: places.slice(1).map((to, i) => code.slice(places[i], to)) };
    });

  it('is whole when all of them are there', () => {
    fc.assert(
      fc.property(pieces, ({ code, parts }) => {
        expect(joinPieces(parts)).toMatchObject({ kind: 'complete', text: code });
      }),
      { numRuns: 300 },
    );
  });

  it('is whole when its beginning came last', () => {
    expect(joinPieces([A.slice(50), A.slice(0, 50)])).toMatchObject({ kind: 'complete', text: A });
  });

  it('is joined out of wrapped pieces', () => {
    const parts = [`<ProbeMatch><Code>${A.slice(0, 70)}`, `${A.slice(70)}</Code></ProbeMatch>`];
    expect(joinPieces(parts)).toMatchObject({ kind: 'complete', text: A });
  });

  it('stays a piece while something is missing', () => {
    expect(joinPieces([A.slice(0, 30), A.slice(30, 63)])).toEqual({
      kind: 'piece',
      text: A.slice(0, 63),
    });
    expect(joinPieces([])).toEqual({ kind: 'none' });
  });

  it('has a short last piece that is known by its padding', () => {
    expect(recogniseSadp('xYz12A==')).toEqual({ kind: 'piece', text: 'xYz12A==' });
  });
});

describe('recognising', () => {
  const hostile = [
    'iVMS/',
    'A1b',
    '<',
    '<Code>',
    '=',
    ' ',
    'ab://',
    '&',
    '?code=D:',
    '*',
    '1.1.',
    'AwAAA ',
    'AwAAA',
    '//8AA',
    '<!',
    ']]>',
    'a1B2c3D4e5F6g7H8 ',
    '\u0000',
    '"',
  ];

  it.each(hostile)('stays fast on 16 kB of %j', (bit) => {
    const text = bit.repeat(16_384 / bit.length);
    const times = Array.from({ length: 5 }, () => {
      const begun = performance.now();
      recogniseSadp(text);
      return performance.now() - begun;
    });
    expect(Math.min(...times)).toBeLessThan(5);
  });

  it('does not look at more than that', () => {
    expect(recogniseSadp(' '.repeat(16_384) + A)).toEqual({ kind: 'none' });
  });

  it('never throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.stringMatching(/^[AwAa8/+=<>?!&;\s*D:]{0,200}$/),
    );
    fc.assert(
      fc.property(text, (any) => {
        recogniseSadp(any);
        joinPieces([any, any]);
      }),
    );
  });
});

describe('a text fit to be kept', () => {
  it('has its code masked, in words, in lines and in XML', () => {
    fc.assert(
      fc.property(fc.oneof(formatA, formatB), fc.integer({ min: 24, max: 76 }), (code, width) => {
        const lines = code.replace(new RegExp(`.{${width}}`, 'g'), '$&\n');
        for (const text of [`em gửi ạ ${code} nhé`, lines, `<!DOCTYPE a><Code>${code}</Code>`]) {
          const kept = withoutSadpCodes(text).replace(/\s/g, '');
          for (let from = 0; from + 24 <= code.length - (code.length % width); from += 8) {
            expect(kept).not.toContain(code.slice(from, from + 24));
          }
        }
      }),
    );
  });

  it('keeps words, serials, numbers and addresses as they are', () => {
    const texts = [
      'Số seri DS-7608NI-I2/8P0820190316CCRRD12345678WCVU, điện thoại 0912345678',
      'nghiêng nghiêng một chút giúp em nhé anh',
      'https://example.vn/huong-dan/lay-chuoi-sadp',
      'DS-2CD2T43G2-4I20210105AAWRF12345678',
    ];
    for (const text of texts) expect(withoutSadpCodes(text)).toBe(text);
  });
});
