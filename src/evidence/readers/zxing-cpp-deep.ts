import { type Box, normalised } from '../grey.ts';
import { regionOf } from '../ocr/layout.ts';
import { SIDES } from '../plan.ts';
import { enlarged, levelled, shrink, type View } from '../view.ts';
import { prepare, sharpened } from './prepare.ts';
import type { Code, Reader, Search } from './reader.ts';
import { decodeCpp } from './zxing-cpp.ts';

/** zxing-cpp on the label cut out and laid level: its print tells how it lies. */
export const zxingCppLabel: Reader = {
  name: 'zxing-cpp-label',
  find: (search) => inTurn(search, labelAttempts(search)),
};

/** zxing-cpp on the whole picture prepared in other ways. */
export const zxingCppDeep: Reader = {
  name: 'zxing-cpp-deep',
  find: (search) => inTurn(search, deepAttempts(search)),
};

type Attempt = () => Promise<Code[]>;

async function* inTurn(search: Search, attempts: Iterable<Attempt>): AsyncGenerator<Code> {
  for (const attempt of attempts) {
    if (search.spent()) return;
    yield* await attempt();
  }
}

function* labelAttempts({ view, print }: Search): Generator<Attempt> {
  const label = labelAround(view, print?.lines ?? []);
  if (!label) return;
  const width = Math.min(SIDES.label, Math.max(1_000, Math.round(label.width * 1.3)));
  const level = levelled(view, label, width);
  yield () => decodeCpp(level);
  // Bars say the same in every row: averaged along their length they stand out of noise and moiré.
  yield () => decodeCpp(levelled(view, label, width, 0.2), { formats: ['Code128'] });
  yield async () => decodeCpp(await sharpened({ ...level, grey: normalised(level.grey) }));
}

function* deepAttempts({ view }: Search): Generator<Attempt> {
  const small = () => shrink(view, SIDES.quick);
  // The first look at codes was at a smaller size.
  yield async () => {
    const { grey } = view;
    return Math.max(grey.width, grey.height) > SIDES.codes ? decodeCpp(view) : [];
  };
  // A dense code off a screen has little more than a pixel a module.
  yield async () => {
    const { grey } = view;
    if (Math.max(grey.width, grey.height) > SIDES.fine) return [];
    return decodeCpp(await sharpened(await enlarged(view, 1.5)), { formats: ['QRCode'] });
  };
  yield async () => decodeCpp(await enlarged(await small(), 2));
  yield async () => decodeCpp(await sharpened(await small()));
  yield async () => decodeCpp(await small(), { tryDenoise: true, binarizer: 'GlobalHistogram' });
  yield async () => decodeCpp(prepare(await small(), 'tiltLeft'));
  yield async () => decodeCpp(prepare(await small(), 'tiltRight'));
  yield async () => decodeCpp(await enlarged(await small(), 0.5));
}

/** The rectangle that runs with the text and reaches past it on all sides: codes stand beside and below their text. */
function labelAround(view: View, lines: readonly Box[]): Box | null {
  const region = lines.length < 2 ? null : regionOf(lines, 0.35);
  if (!region) return null;
  const { width, height } = view.grey;
  const most = 1.2 * Math.hypot(width, height);
  return { ...region, width: Math.min(most, region.width), height: Math.min(most, region.height) };
}
