import { SIDES } from '../plan.ts';
import { shrink } from '../view.ts';
import { type Preparation, prepare } from './prepare.ts';
import type { Reader } from './reader.ts';
import { findBars } from './rows.ts';
import { type Binarize, findSquares } from './zxing.ts';

/**
 * What each adds to the quick reader, tried one by one on public photos that it had missed: doubling 10 of 17 (9 of
 * them with one threshold for all), tilting 5, inverting and halving 1 each. The others serve what those photos do not
 * show: washed-out prints and screens.
 */
const ATTEMPTS: readonly { preparation: Preparation; binarize: readonly Binarize[] }[] = [
  { preparation: 'double', binarize: ['global', 'hybrid'] },
  { preparation: 'asIs', binarize: ['global'] },
  { preparation: 'tiltRight', binarize: ['global'] },
  { preparation: 'tiltLeft', binarize: ['hybrid'] },
  { preparation: 'invert', binarize: ['hybrid'] },
  { preparation: 'contrast', binarize: ['global'] },
  { preparation: 'normalise', binarize: ['hybrid'] },
  { preparation: 'half', binarize: ['hybrid'] },
];

/** The same search on bitmaps that jimp prepares from pixels which are decoded already. */
export const zxingPrepared: Reader = {
  name: 'zxing-prepared',
  async *find({ view, spent }) {
    const base = await shrink(view, SIDES.quick);
    for (const { preparation, binarize } of ATTEMPTS) {
      if (spent()) return;
      // A large picture has its finer pixels already; doubling the shrunk one would invent them.
      const prepared =
        preparation === 'double' && base !== view ? view : prepare(base, preparation);
      for (const how of binarize) {
        if (spent()) return;
        yield* findSquares(prepared, 'qrCode', how);
        yield* findBars(prepared, how, spent);
        if (spent()) return;
        yield* findSquares(prepared, 'dataMatrix', how);
      }
    }
  },
};
