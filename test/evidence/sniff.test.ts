import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniff } from '../../src/evidence/sniff.ts';
import {
  gifFile,
  heicFile,
  plainPicture,
  pngBomb,
  polyglotJpeg,
  svgFile,
  zipFile,
} from '../pictures/index.ts';

describe('telling files by their first bytes', () => {
  it('knows the three formats that are decoded', async () => {
    expect(sniff(await plainPicture())).toBe('jpeg');
    expect(sniff(await polyglotJpeg())).toBe('jpeg');
    expect(sniff(pngBomb())).toBe('png');
    expect(sniff(Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'))).toBe('webp');
  });

  it('tells pictures of other formats from things that are no picture', () => {
    expect(sniff(heicFile())).toEqual({ refused: 'unsupportedFormat' });
    expect(sniff(gifFile())).toEqual({ refused: 'unsupportedFormat' });
    expect(sniff(zipFile())).toEqual({ refused: 'notAPicture' });
    expect(sniff(svgFile())).toEqual({ refused: 'notAPicture' });
    expect(sniff(Buffer.from('%PDF-1.7'))).toEqual({ refused: 'notAPicture' });
    expect(sniff(Buffer.from('<!doctype html>'))).toEqual({ refused: 'notAPicture' });
    expect(sniff(Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'))).toEqual({
      refused: 'notAPicture',
    });
    expect(sniff(new Uint8Array())).toEqual({ refused: 'notAPicture' });
  });

  it('looks at the size first', async () => {
    const large = Buffer.concat([await plainPicture(), Buffer.alloc(15 * 1024 * 1024)]);
    expect(sniff(large)).toEqual({ refused: 'tooLarge' });
  });

  it('answers for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const answer = sniff(bytes);
        expect(typeof answer === 'string' || 'refused' in answer).toBe(true);
      }),
    );
  });
});
