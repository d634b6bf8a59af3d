import { SIDES } from '../plan.ts';
import { shrink, tiles } from '../view.ts';
import type { Reader } from './reader.ts';
import { findBars } from './rows.ts';
import { findSquares } from './zxing.ts';

/** The square codes of the picture as it is, small: a label's QR code says which of its numbers is the serial. */
export const zxingQuick: Reader = {
  name: 'zxing-quick',
  async *find({ view, spent }) {
    const small = await shrink(view, SIDES.quick);
    if (spent()) return;
    yield* findSquares(small, 'qrCode', 'hybrid');
    if (!spent()) yield* findSquares(small, 'dataMatrix', 'hybrid');
  },
};

/** The bars of the same small picture: row by row, they cost four times the square codes, and zxing-cpp reads nearly all. */
export const zxingBars: Reader = {
  name: 'zxing-bars',
  async *find({ view, spent }) {
    if (!spent()) yield* findBars(await shrink(view, SIDES.quick), 'hybrid', spent);
  },
};

/** Whole, then cut out: for what the small picture has lost, and for pictures with several codes. */
export const zxingTiles: Reader = {
  name: 'zxing-tiles',
  async *find({ view, spent }) {
    const small = await shrink(view, SIDES.quick);
    if (small !== view && !spent()) {
      yield* findSquares(view, 'qrCode', 'hybrid');
      yield* findBars(view, 'hybrid', spent);
      if (!spent()) yield* findSquares(view, 'dataMatrix', 'hybrid');
    }
    // The QR search takes the three best finder marks of a bitmap: beside a pattern that looks like more marks, or
    // another code, a code is found only when it is cut out.
    for (const tile of tiles(view, 0.5, 0.5)) {
      if (spent()) return;
      yield* findSquares(await shrink(tile, SIDES.quick), 'qrCode', 'hybrid');
    }
    // The Data Matrix search begins at the centre of its bitmap and gives up at the first white frame around it:
    // the step is the smallest code that is found wherever it lies, a tenth of the picture.
    for (const tile of tiles(small, 0.3, 1 / 3)) {
      if (spent()) return;
      yield* findSquares(tile, 'dataMatrix', 'hybrid');
    }
  },
};
