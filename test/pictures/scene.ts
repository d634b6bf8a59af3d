import sharp from 'sharp';
import { seeded } from './random.ts';

/** What a camera does to a scene; everything is optional and off. */
export interface Spoil {
  /** Degrees clockwise; quarter turns and tilts. */
  turn?: number;
  /** Sigma of a Gaussian blur, in pixels. */
  blur?: number;
  /** 1 leaves the light as it is; 0.1 is a dark cellar, 4 a flash in a mirror. */
  light?: number;
  /** White becomes black. */
  invert?: boolean;
  /** Longer side of the result in pixels. */
  side?: number;
  /** JPEG quality; PNG when absent. */
  jpeg?: number;
}

/** Applies a camera's faults to a picture. Without `jpeg` the result is a PNG. */
export async function spoil(picture: Buffer, faults: Spoil): Promise<Buffer> {
  let image = sharp(picture);
  if (faults.side) {
    image = sharp(await image.resize(faults.side, faults.side, { fit: 'inside' }).png().toBuffer());
  }
  if (faults.turn) {
    image = sharp(await image.rotate(faults.turn, { background: '#777777' }).png().toBuffer());
  }
  if (faults.blur) image = image.blur(faults.blur);
  if (faults.invert) image = image.negate();
  if (faults.light !== undefined) image = image.linear(faults.light, 0);
  return faults.jpeg ? image.jpeg({ quality: faults.jpeg }).toBuffer() : image.png().toBuffer();
}

/** A piece of a scene: a PNG and where its left top corner lies. */
export interface Piece {
  input: Buffer;
  left: number;
  top: number;
}

/** Lays pieces on an SVG drawing. Text in the drawing is decoration: without fonts it is simply not there. */
export function compose(svg: string, pieces: readonly Piece[]): Promise<Buffer> {
  return sharp(Buffer.from(svg))
    .composite([...pieces])
    .flatten()
    .png()
    .toBuffer();
}

/** Fine-grained clutter behind a label, so that no scene is a flat colour: rectangles in seeded greys. */
export function clutter(width: number, height: number, seed: number): string {
  const random = seeded(seed);
  const shapes = Array.from({ length: 60 }, () => {
    const grey = Math.round(70 + random() * 90);
    const [x, y] = [random() * width, random() * height].map(Math.round);
    const [w, h] = [20 + random() * 200, 10 + random() * 120].map(Math.round);
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="rgb(${grey},${grey},${grey})"/>`;
  });
  return `<rect width="${width}" height="${height}" fill="#6c6c6c"/>${shapes.join('')}`;
}

/** Rows of strokes that look like lines of print from afar and hold no code. */
export function print(
  left: number,
  top: number,
  width: number,
  lines: number,
  seed: number,
): string {
  const random = seeded(seed);
  let strokes = '';
  for (let line = 0; line < lines; line++) {
    const y = top + line * 34;
    for (let x = left; x < left + width * (0.5 + random() / 2); x += 9 + random() * 8) {
      const height = 8 + random() * 12;
      strokes += `<rect x="${x.toFixed(1)}" y="${(y + 20 - height).toFixed(1)}" width="${(2 + random() * 5).toFixed(1)}" height="${height.toFixed(1)}" fill="#222"/>`;
    }
  }
  return strokes;
}
