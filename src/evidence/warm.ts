import type { Grey } from './grey.ts';
import { findLines } from './ocr/detect.ts';
import { loadModels } from './ocr/models.ts';
import { readStrip, upsideDown } from './ocr/recognise.ts';
import { STRIP_HEIGHT } from './ocr/strip.ts';
import { OCR } from './plan.ts';
import { decodeCpp } from './readers/zxing-cpp.ts';

/**
 * Loads what reading needs and lets each part work once, so that the first picture has its whole time for itself.
 * What cannot be loaded is done without, as its reader says.
 */
export async function warmUp(): Promise<void> {
  await Promise.allSettled([warmCodes(), warmPrint()]);
}

async function warmCodes(): Promise<void> {
  await decodeCpp({ grey: blank(320, 240), toPicture: (x, y) => ({ x, y }) });
}

async function warmPrint(): Promise<void> {
  const models = await loadModels();
  const strip = blank(OCR.narrowest, STRIP_HEIGHT);
  await findLines(models, blank(320, 240), 320);
  await upsideDown(models, strip);
  await readStrip(models, strip);
}

function blank(width: number, height: number): Grey {
  return { data: new Uint8ClampedArray(width * height).fill(255), width, height };
}
