import { type Box, type Grey, normalised } from '../grey.ts';
import { cornersOf } from '../ocr/boxes.ts';
import { findLines } from '../ocr/detect.ts';
import { regionOf } from '../ocr/layout.ts';
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
    const { grey } = search.view;
    const { boxes, side } = await firstLook(models, grey);
    search.lines = boxes;
    const region = regionOf(boxes, OCR.margin);
    if (!region) return;
    if (isAside(search.view, region)) {
      yield* readPart(models, search, region, sideFor(boxes, region));
      return;
    }
    const finer = sideFor(boxes, grey);
    if (finer > side) search.lines = runningTogether(await findLines(models, grey, finer));
    const upright = await laidUpright(models, grey, search.lines);
    yield* readBoxes(models, search.view, upright, search);
  },
};

/** Where print stands, and how it leans: for that a small picture will do, unless all of its print is small. */
async function firstLook(models: Models, grey: Grey): Promise<{ boxes: Box[]; side: number }> {
  const rough = runningTogether(await findLines(models, grey, OCR.roughSide));
  if (rough.length >= OCR.enoughLines) return { boxes: rough, side: OCR.roughSide };
  return { boxes: runningTogether(await findLines(models, grey, OCR.side)), side: OCR.side };
}

/** The longer side at which the smaller print of a part is as high as the network that finds lines likes it. */
function sideFor(boxes: readonly Box[], part: { width: number; height: number }): number {
  const side = (OCR.lineHeight * Math.max(part.width, part.height)) / smallOf(boxes);
  return Math.round(Math.min(OCR.side, Math.max(OCR.leastSide, side)));
}

/** Height of the smaller lines; a quarter of them is lower. */
function smallOf(boxes: readonly Box[]): number {
  const heights = boxes.map((box) => box.height).toSorted((a, b) => a - b);
  return heights[Math.floor(heights.length / 4)] ?? 1;
}

/** The same once more, closer: the part that holds print, with its grey levels spread, at another scale. */
export const ocrCloser: Reader = {
  name: 'ocr-closer',
  async *find(search) {
    const models = await modelsOrNone();
    if (!models || search.spent()) return;
    const { view, lines = [] } = search;
    const region = regionOf(lines, OCR.margin);
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
  const width = region && closerWidth(region, side, smallOf(search.lines ?? []));
  const part = region && width ? levelled(search.view, region, width) : search.view;
  const view = { ...part, grey: normalised(part.grey) };
  const boxes = await laidUpright(models, view.grey, await findLines(models, view.grey, side));
  yield* readBoxes(models, view, boxes, search);
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
