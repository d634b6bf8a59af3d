import { type Box, type Grey, normalised } from '../grey.ts';
import { cornersOf } from '../ocr/boxes.ts';
import { findLines } from '../ocr/detect.ts';
import { firstLook, sideFor, smallOf } from '../ocr/first-look.ts';
import { regionOf, wholeOf } from '../ocr/layout.ts';
import { Lines, laidUpright, runningTogether } from '../ocr/lines.ts';
import { loadModels, type Models } from '../ocr/models.ts';
import { findSightings } from '../ocr/sightings.ts';
import { OCR } from '../plan.ts';
import { levelled, type View } from '../view.ts';
import type { Code, Reader, Search } from './reader.ts';

/**
 * Reads the text of the picture and yields the serials in it. Where the print stands on edge, or fills little of the
 * picture, the part that holds it is laid level and enlarged first: the networks read level lines best.
 */
export const ocr: Reader = {
  name: 'ocr',
  async *find(search) {
    const models = await modelsOrNone();
    if (!models || search.spent()) return;
    const print = await firstLook(models, search.view.grey);
    search.print = print;
    const view = { ...search.view, grey: print.grey };
    const region = regionOf(print.lines, OCR.margin);
    if (!region) return;
    if (print.side < OCR.closerSide && isAside(view, region)) {
      yield* readPart(models, search, region, sideFor(print.lines, region));
      return;
    }
    const finer = sideFor(print.lines, view.grey);
    if (finer > print.side) {
      const lines = runningTogether(await findLines(models, view.grey, finer));
      search.print = { lines, grey: view.grey, side: finer };
    }
    const upright = await laidUpright(models, view.grey, search.print.lines);
    yield* readBoxes(models, view, upright, search);
  },
};

/** The same once more, closer: the part that holds print, with its grey levels spread, at another scale. */
export const ocrCloser: Reader = {
  name: 'ocr-closer',
  async *find(search) {
    const models = await modelsOrNone();
    if (!models || search.spent()) return;
    const { view, print } = search;
    const region = regionOf(print?.lines ?? [], OCR.margin);
    // Without print at first sight, only bad light gives reason to look again.
    if (!region && isBright(view.grey)) return;
    const side = region && isAside(view, region) ? OCR.closerSide : OCR.side;
    yield* readPart(models, search, region, side);
  },
};

/** Where there is no binary for this machine, the readers of codes do without. */
function modelsOrNone(): Promise<Models | null> {
  return loadModels().catch(() => null);
}

function isAside({ grey }: View, region: Box): boolean {
  const leaning = Math.abs(Math.sin(region.angle)) > OCR.crooked;
  return (
    leaning ||
    Math.max(region.width, region.height) < OCR.little * Math.max(grey.width, grey.height)
  );
}

async function* readPart(
  models: Models,
  search: Search,
  region: Box | null,
  side: number,
): AsyncGenerator<Code> {
  const small = smallOf(search.print?.lines ?? []);
  const picture = { ...search.view, grey: search.print?.grey ?? search.view.grey };
  let { view, boxes } = await lookAtPart(models, picture, region, side, small);
  const whole = region && wholeOf(region, view.grey, boxes);
  if (whole) ({ view, boxes } = await lookAtPart(models, picture, whole, side, small));
  yield* readBoxes(models, view, await laidUpright(models, view.grey, boxes), search);
}

async function lookAtPart(
  models: Models,
  picture: View,
  region: Box | null,
  side: number,
  small: number,
): Promise<{ view: View; boxes: Box[] }> {
  const part = region ? levelled(picture, region, closerWidth(region, side, small)) : picture;
  const view = { ...part, grey: normalised(part.grey) };
  return { view, boxes: await findLines(models, view.grey, side) };
}

async function* readBoxes(
  models: Models,
  view: View,
  boxes: readonly Box[],
  search: Search,
): AsyncGenerator<Code> {
  const spent = search.share(OCR.share);
  const { grey } = view;
  const lines = new Lines(models, grey, boxes, spent);
  const looking = { models, grey, lines, claim: search.claim, spent };
  for await (const sighting of findSightings(looking)) {
    const { short, full, model, anchored, confidence, box } = sighting;
    yield {
      text: full ?? short,
      by: 'ocr',
      confidence,
      serial: { short, anchored, ...(full ? { full } : {}), ...(model ? { model } : {}) },
      corners: cornersOf(box).map(({ x, y }) => view.toPicture(x, y)),
    };
  }
}

/** As fine as the networks see, and not much finer than the picture. */
function closerWidth({ width, height }: Box, side: number, small: number): number {
  const longer = Math.max(width, height);
  const finest = longer * Math.min(OCR.mostFiner, OCR.legible / small);
  const long = Math.min(OCR.closerMost, Math.max(side, finest));
  return Math.round((long * width) / longer);
}

/** Whether a thirtieth of the pixels is light: then normalising changes little. */
function isBright({ data }: Grey): boolean {
  let light = 0;
  for (const value of data) if (value > 150) light++;
  return light * 30 > data.length;
}
