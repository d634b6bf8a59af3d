import type { z } from 'zod';
import type { Fault, QualitySchema, Trouble } from '../domain/reading.ts';
import type { Picture } from './decode.ts';
import type { Box } from './grey.ts';
import { cornersOf } from './ocr/boxes.ts';
import { SIDES, TROUBLE } from './plan.ts';
import { type Grey, shrink, type View } from './view.ts';

export type Quality = z.infer<typeof QualitySchema>;

/** Measures a picture at SIDES.judge; `width` and `height` are of the upright original. */
export async function measure(picture: Picture): Promise<Quality> {
  const { grey } = await shrink(picture.view, SIDES.judge);
  const { mean, deviation } = spread(grey.data);
  return {
    width: picture.width,
    height: picture.height,
    sharpness: round(sharpnessOf(grey)),
    brightness: round(mean),
    contrast: round(deviation),
    glare: Math.round(burntOut(grey.data) * 1000) / 1000,
  };
}

/**
 * Why nothing was found, in the order in which a person can mend it: size, light, focus; else no code is there. Only a
 * flat picture is called dark or overexposed: a dark menu and a white page are as dark or bright and can be read.
 */
export function troubleOf(quality: Quality): Trouble {
  const { width, height, sharpness, brightness, contrast } = quality;
  if (Math.min(width, height) < TROUBLE.smallSide) return 'small';
  const flat = contrast < TROUBLE.flatContrast;
  if (flat && brightness < TROUBLE.darkMean) return 'dark';
  if (sharpness >= TROUBLE.blurredSharpness) return 'noCode';
  return flat && brightness > TROUBLE.brightMean ? 'bright' : 'blurred';
}

/**
 * What else spoils a picture: print that runs off its edge, or a burnt-out spot in a picture that is not bright all over.
 *
 * @param lines lines of text in pixels of `view`
 */
export function faultOf(view: View, quality: Quality, lines: readonly Box[]): Fault | undefined {
  const { width, height } = view.grey;
  const cut = lines.filter((line) =>
    cornersOf(line).some(({ x, y }) => x < 2 || y < 2 || x > width - 2 || y > height - 2),
  );
  if (cut.length >= TROUBLE.cutLines) return 'cropped';
  const glare = quality.glare ?? 0;
  return glare > TROUBLE.glareShare && quality.brightness < TROUBLE.glareMean ? 'glare' : undefined;
}

/** Share of pixels at the end of the scale. */
function burntOut(data: Uint8ClampedArray): number {
  let count = 0;
  for (const value of data) if (value >= 253) count++;
  return count / data.length;
}

function spread(data: Uint8ClampedArray): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (const value of data) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / data.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / data.length - mean * mean)) };
}

/** Variance of the four-neighbour Laplacian. */
function sharpnessOf({ data, width, height }: Grey): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const around =
        (data[i - 1] ?? 0) + (data[i + 1] ?? 0) + (data[i - width] ?? 0) + (data[i + width] ?? 0);
      const value = 4 * (data[i] ?? 0) - around;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
