import { type Box, type Grey, normalised } from '../grey.ts';
import { cornersOf } from '../ocr/boxes.ts';
import { findLines } from '../ocr/detect.ts';
import { regionOf } from '../ocr/layout.ts';
import { laidUpright, readLines } from '../ocr/lines.ts';
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
    const { view } = search;
    const boxes = await laidUpright(
      models,
      view.grey,
      await findLines(models, view.grey, OCR.side),
    );
    search.lines = boxes;
    const region = regionOf(boxes, OCR.margin);
    if (region && isAside(view, region)) yield* readPart(models, search, region, OCR.side);
    else yield* readBoxes(models, view, boxes, search);
  },
};

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
  const part = region ? levelled(search.view, region, closerWidth(region, side)) : search.view;
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
  const lines = await readLines(models, grey, boxes, spent);
  for (const sighting of await findSightings(models, grey, lines, search.claim, spent)) {
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

/** Somewhat finer than the picture, within the bounds of what the networks see. */
function closerWidth({ width, height }: Box, side: number): number {
  const longer = Math.max(width, height);
  const long = Math.min(OCR.closerMost, Math.max(side, longer * 1.2));
  return Math.round((long * width) / longer);
}

/** Whether a thirtieth of the pixels is light: then normalising changes little. */
function isBright({ data }: Grey): boolean {
  let light = 0;
  for (const value of data) if (value > 150) light++;
  return light * 30 > data.length;
}
