import sharp from 'sharp';

/** Grey pixels, a byte each, rows from the top, 0 black. */
export interface Grey {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A turned rectangle. `angle` in radians, of the side called `width`; around text, that side runs along it. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  angle: number;
}

/** Resampled to exactly this size, with averaging where it shrinks. */
export async function resized(grey: Grey, width: number, height: number): Promise<Grey> {
  const { data, info } = await sharp(grey.data, {
    raw: { width: grey.width, height: grey.height, channels: 1 },
  })
    .resize(width, height, { fit: 'fill' })
    .greyscale()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
    width: info.width,
    height: info.height,
  };
}

/** The grey levels spread so that this share of the darkest and of the lightest pixels becomes black and white. */
export function normalised(grey: Grey, share = 0.01): Grey {
  const counts = new Uint32Array(256);
  for (const value of grey.data) counts[value] = (counts[value] ?? 0) + 1;
  const low = levelAt(counts, grey.data.length * share);
  const high = levelAt(counts, grey.data.length * (1 - share));
  if (high - low < 8) return grey;
  const table = Uint8ClampedArray.from(counts, (_, value) => ((value - low) * 255) / (high - low));
  const data = new Uint8ClampedArray(grey.data.length);
  for (let i = 0; i < data.length; i++) data[i] = table[grey.data[i] ?? 0] ?? 0;
  return { ...grey, data };
}

function levelAt(counts: Uint32Array, rank: number): number {
  let sum = 0;
  for (let value = 0; value < 256; value++) {
    sum += counts[value] ?? 0;
    if (sum > rank) return value;
  }
  return 255;
}

/** A box cut out and laid level, at this size. Where the picture is finer than the result, pixels are averaged. */
export function cutLevel(grey: Grey, box: Box, width: number, height: number): Grey {
  const out = new Uint8ClampedArray(width * height);
  const [stepX, stepY] = [box.width / width, box.height / height];
  const nx = Math.min(6, Math.max(1, Math.round(stepX)));
  const ny = Math.min(8, Math.max(1, Math.round(stepY)));
  // Many samples a pixel need not be taken between pixels.
  const at = nx * ny > 3 ? nearest : between;
  const [cos, sin] = [Math.cos(box.angle), Math.sin(box.angle)];
  const [alongX, alongY] = [(cos * stepX) / nx, (sin * stepX) / nx];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let j = 0; j < ny; j++) {
        const dy = (row + (j + 0.5) / ny) * stepY - box.height / 2;
        const dx = (column + 0.5 / nx) * stepX - box.width / 2;
        let x = box.x + dx * cos - dy * sin;
        let y = box.y + dx * sin + dy * cos;
        for (let i = 0; i < nx; i++) {
          sum += at(grey, x, y);
          x += alongX;
          y += alongY;
        }
      }
      out[row * width + column] = sum / (nx * ny);
    }
  }
  return { data: out, width, height };
}

/** The pixel at a place; outside, the edge goes on. */
function nearest({ data, width, height }: Grey, x: number, y: number): number {
  const column = x < 0 ? 0 : x >= width ? width - 1 : x | 0;
  const row = y < 0 ? 0 : y >= height ? height - 1 : y | 0;
  return data[row * width + column] ?? 0;
}

/** The same, between four pixels. */
function between({ data, width, height }: Grey, x: number, y: number): number {
  const cx = Math.min(width - 1.001, Math.max(0, x - 0.5));
  const cy = Math.min(height - 1.001, Math.max(0, y - 0.5));
  const [x0, y0] = [cx | 0, cy | 0];
  const [fx, fy] = [cx - x0, cy - y0];
  const first = y0 * width + x0;
  const upper = (data[first] ?? 0) * (1 - fx) + (data[first + 1] ?? 0) * fx;
  const lower = (data[first + width] ?? 0) * (1 - fx) + (data[first + width + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}
