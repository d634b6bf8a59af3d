import type { Grey } from '../grey.ts';
import { OCR } from '../plan.ts';
import type { Models } from './models.ts';
import { STRIP_HEIGHT } from './strip.ts';

/** One character of a line. */
export interface Letter {
  char: string;
  /** 0..1, of this character against all others. */
  sure: number;
  /** Where in the line, 0..1. */
  at: number;
}

/** Reads one strip: the likeliest character at each step, repeated steps and blanks left out (CTC). */
export async function readStrip(models: Models, strip: Grey): Promise<Letter[]> {
  const width = Math.max(OCR.narrowest, Math.ceil(strip.width / 8) * 8);
  const output = await models.recognition.run(plane(strip, width), [1, 3, STRIP_HEIGHT, width]);
  const classes = models.characters.length;
  const steps = Math.floor(output.length / classes);
  const letters: Letter[] = [];
  let last = 0;
  for (let step = 0; step < steps; step++) {
    const from = step * classes;
    let best = 0;
    let sure = output[from] ?? 0;
    for (let k = 1; k < classes; k++) {
      const value = output[from + k] ?? 0;
      if (value > sure) {
        sure = value;
        best = k;
      }
    }
    const at = Math.min(1, ((step + 0.5) * width) / steps / strip.width);
    const previous = letters.at(-1);
    if (best !== 0 && best === last && previous) previous.sure = Math.max(previous.sure, sure);
    else if (best !== 0) letters.push({ char: models.characters[best] ?? '', sure, at });
    last = best;
  }
  return letters;
}

/** How surely a line stands upside down: above 0.5 it does. */
export async function upsideDown(models: Models, strip: Grey): Promise<number> {
  const width = 192;
  const cut = { ...strip, width: Math.min(strip.width, width) };
  const data = new Uint8ClampedArray(cut.width * STRIP_HEIGHT);
  for (let y = 0; y < STRIP_HEIGHT; y++) {
    data.set(strip.data.subarray(y * strip.width, y * strip.width + cut.width), y * cut.width);
  }
  const output = await models.upsideDown.run(plane({ ...cut, data }, width), [
    1,
    3,
    STRIP_HEIGHT,
    width,
  ]);
  return output[1] ?? 0;
}

function plane(strip: Grey, width: number): Float32Array {
  const size = width * STRIP_HEIGHT;
  const input = new Float32Array(3 * size);
  for (let y = 0; y < STRIP_HEIGHT; y++) {
    for (let x = 0; x < strip.width; x++) {
      const value = (strip.data[y * strip.width + x] ?? 0) / 127.5 - 1;
      const at = y * width + x;
      input[at] = value;
      input[at + size] = value;
      input[at + 2 * size] = value;
    }
  }
  return input;
}
