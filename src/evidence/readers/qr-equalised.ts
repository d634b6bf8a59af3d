import { QR } from '../plan.ts';
import { decoded } from '../qr/codewords.ts';
import { equalise } from '../qr/equalise.ts';
import { type Fit, fitTo } from '../qr/fit.ts';
import { marksIn } from '../qr/marks.ts';
import { patchesIn } from '../qr/patches.ts';
import type { Grey } from '../view.ts';
import type { Reader } from './reader.ts';

/**
 * QR codes whose modules are hardly larger than a pixel or run into each other: dense ones off a screen. The other
 * readers decide on each module alone; this one learns from the code how it was blurred. See ../qr/equalise.ts.
 */
export const qrEqualised: Reader = {
  name: 'qr-equalised',
  async *find({ view, share }) {
    const { grey } = view;
    const spent = share(QR.share);
    for (const patch of patchesIn(grey)) {
      if (spent()) return;
      const fit = fitTo(grey, marksIn(grey, patch));
      const text = fit && textOf(grey, fit, spent);
      if (!text) continue;
      const { size } = fit.frame;
      const corners = [
        fit.lattice(0, 0),
        fit.lattice(size, 0),
        fit.lattice(size, size),
        fit.lattice(0, size),
      ];
      yield {
        text,
        by: 'qrCode',
        confidence: 1,
        corners: corners.map(({ x, y }) => view.toPicture(x, y)),
      };
    }
  },
};

/** Rounds go on while they mend more of the code; twice in vain is enough. */
function textOf(grey: Grey, fit: Fit, spent: () => boolean): string | null {
  const rounds = equalise(grey, fit);
  let step = rounds.next();
  let [most, vain] = [0, 0];
  for (let round = 0; round < QR.again && !step.done; round++) {
    const result = decoded(fit.frame, step.value);
    if (result.text !== null) return result.text;
    const mended = result.known.reduce((sum, one) => sum + Math.abs(one), 0);
    vain = mended > most ? 0 : vain + 1;
    most = Math.max(most, mended);
    if (vain >= QR.vain || spent()) return null;
    step = rounds.next(result.known);
  }
  return null;
}
