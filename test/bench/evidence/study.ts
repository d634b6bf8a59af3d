import { cornersOf } from '../../../src/evidence/ocr/boxes.ts';
import { findLines } from '../../../src/evidence/ocr/detect.ts';
import { Lines, laidUpright } from '../../../src/evidence/ocr/lines.ts';
import { loadModels } from '../../../src/evidence/ocr/models.ts';
import { findSightings } from '../../../src/evidence/ocr/sightings.ts';
import { prepare, sharpened } from '../../../src/evidence/readers/prepare.ts';
import type { Reader } from '../../../src/evidence/readers/reader.ts';
import { decodeCpp } from '../../../src/evidence/readers/zxing-cpp.ts';
import { zxingPrepared } from '../../../src/evidence/readers/zxing-prepared.ts';
import { zxingBars, zxingQuick } from '../../../src/evidence/readers/zxing-quick.ts';
import { enlarged, shrink } from '../../../src/evidence/view.ts';

/** Text read once, at 960 pixels, a line as sure as its weakest character. */
const ocrOnce: Reader = {
  name: 'ocr-once',
  async *find({ view, claim, spent }) {
    const models = await loadModels();
    const boxes = await laidUpright(models, view.grey, await findLines(models, view.grey, 960));
    const lines = new Lines(models, view.grey, boxes, spent);
    await lines.all();
    const looking = { models, grey: view.grey, lines, claim, spent, once: true };
    for await (const one of findSightings(looking)) {
      const { short, full, anchored, confidence, box } = one;
      yield {
        text: full ?? short,
        by: 'ocr',
        confidence,
        serial: { short, anchored },
        corners: cornersOf(box).map(({ x, y }) => view.toPicture(x, y)),
      };
    }
  },
};

/** Square codes and bars of the small picture. */
const quickOnce: Reader = {
  name: 'quick-once',
  async *find(search) {
    yield* zxingQuick.find(search);
    yield* zxingBars.find(search);
  },
};

/** zxing-cpp on the picture as it is. */
export const cppOnce: Reader = {
  name: 'zxing-cpp-once',
  async *find({ view }) {
    yield* await decodeCpp(view);
  },
};

/** zxing-cpp again: sharpened, at twice the size, with one threshold for all, leaning either way. */
const cppRetries: Reader = {
  name: 'zxing-cpp-retries',
  async *find({ view, spent }) {
    const small = await shrink(view, 1280);
    const attempts = [
      async () => decodeCpp(await enlarged(small, 2)),
      async () => decodeCpp(await sharpened(small)),
      () => decodeCpp(small, { binarizer: 'GlobalHistogram' }),
      () => decodeCpp(prepare(small, 'tiltLeft')),
      () => decodeCpp(prepare(small, 'tiltRight')),
    ];
    for (const attempt of attempts) {
      if (spent()) return;
      yield* await attempt();
    }
  },
};

/** zxing-cpp with its own retries: the best single reader of codes. */
export const CPP_MULTI: readonly Reader[] = [cppOnce, cppRetries];

/** @zxing/library alone: quick, then on prepared bitmaps. */
export const JS_ALONE: readonly Reader[] = [quickOnce, zxingPrepared];

/** The pipeline to beat: every part once, text read once, retries of codes last. */
export const FIRST_PIPELINE: readonly Reader[] = [
  quickOnce,
  cppOnce,
  ocrOnce,
  cppRetries,
  zxingPrepared,
];
