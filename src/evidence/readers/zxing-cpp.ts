import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { SIDES } from '../plan.ts';
import { shrink, type View } from '../view.ts';
import type { Code, Reader } from './reader.ts';

const KINDS = { QRCode: 'qrCode', DataMatrix: 'dataMatrix', Code128: 'code128' } as const;

const OPTIONS: ReaderOptions = {
  formats: ['QRCode', 'DataMatrix', 'Code128'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  textMode: 'Plain',
  maxNumberOfSymbols: 16,
};

let ready: Promise<unknown> | null = null;

/** The module comes from node_modules: left to itself the library would fetch it from a CDN. */
function load(): Promise<unknown> {
  ready ??= readFile(
    fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')),
  ).then(({ buffer, byteOffset, length }) =>
    prepareZXingModule({
      overrides: { wasmBinary: buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer },
      fireImmediately: true,
    }),
  );
  return ready;
}

/** Codes that zxing-cpp finds in one view. It is given pixels, never a file: its own decoders have no limits. */
export async function decodeCpp(view: View, options: ReaderOptions = {}): Promise<Code[]> {
  await load();
  const { data, width, height } = view.grey;
  const rgba = new Uint8ClampedArray(data.length * 4).fill(255);
  for (let i = 0, o = 0; i < data.length; i++, o += 4) {
    const value = data[i] ?? 0;
    rgba[o] = value;
    rgba[o + 1] = value;
    rgba[o + 2] = value;
  }
  const found = await readBarcodes(
    { data: rgba, width, height, colorSpace: 'srgb' },
    { ...OPTIONS, ...options },
  );
  return found.flatMap(({ isValid, format, text, position }) => {
    const by = KINDS[format as keyof typeof KINDS];
    if (!by || !(isValid || options.returnErrors)) return [];
    const { topLeft, topRight, bottomRight, bottomLeft } = position;
    const corners = [topLeft, topRight, bottomRight, bottomLeft];
    return [{ text, by, confidence: 1, corners: corners.map(({ x, y }) => view.toPicture(x, y)) }];
  });
}

/** zxing-cpp, once over the whole picture, not larger than most codes need. */
export const zxingCpp: Reader = {
  name: 'zxing-cpp',
  async *find({ view, spent }) {
    if (!spent()) yield* await decodeCpp(await shrink(view, SIDES.codes));
  },
};
