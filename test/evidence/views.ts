import sharp from 'sharp';
import { clock } from '../../src/evidence/clock.ts';
import type { Picture } from '../../src/evidence/decode.ts';
import type { Code, Reader } from '../../src/evidence/readers/reader.ts';

/** A generated picture as the decoder hands it to readers, without the decoder: it would block the generator's SVG. */
export async function pictureOf(file: Buffer): Promise<Picture> {
  const { data, info } = await sharp(file)
    .flatten()
    .greyscale()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return {
    width,
    height,
    view: {
      grey: { data: new Uint8ClampedArray(data), width, height },
      toPicture: (x, y) => ({ x: x / width, y: y / height }),
    },
  };
}

/** No end to the time. */
export const UNHURRIED = clock(Number.POSITIVE_INFINITY);

/** Everything that a reader finds, with no end to its time. */
export async function allCodes(reader: Reader, file: Buffer): Promise<Code[]> {
  const codes: Code[] = [];
  const { view } = await pictureOf(file);
  for await (const code of reader.find({ view, claim: null, ...UNHURRIED })) codes.push(code);
  return codes;
}

/** The first thing that a reader finds. */
export async function firstCode(reader: Reader, file: Buffer): Promise<Code | undefined> {
  const { view } = await pictureOf(file);
  for await (const code of reader.find({ view, claim: null, ...UNHURRIED })) return code;
  return undefined;
}
