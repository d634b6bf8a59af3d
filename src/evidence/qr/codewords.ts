import {
  QRCodeDecodedBitStreamParser,
  QRCodeDecoderErrorCorrectionLevel,
  QRCodeMaskUtil,
} from '@zxing/library';
import { QR } from '../plan.ts';
import { type Frame, formatPlaces } from './matrix.ts';
import { corrected } from './reed-solomon.ts';

/** How dark each module is: below 0 light, above 0 dark, the further the surer. */
export type Soft = Float32Array;

/** What a code says, or the modules of those of its blocks that could be mended. */
export type Decoded = { text: string } | { text: null; known: Int8Array };

export function decoded(frame: Frame, soft: Soft): Decoded {
  const format = formatOf(frame, soft);
  const level = QRCodeDecoderErrorCorrectionLevel.forBits(format >> 3);
  const words = wordsOf(frame, soft, format & 7);
  const kinds = frame.version.getECBlocksForLevel(level);
  const checks = kinds.getECCodewordsPerBlock();
  const lengths = kinds
    .getECBlocks()
    .flatMap((kind) => new Array<number>(kind.getCount()).fill(kind.getDataCodewords()));
  const data: number[] = [];
  const known = frame.known.slice();
  let whole = true;
  for (const block of unwoven(words, lengths, checks)) {
    const mended = mend(block, checks);
    if (mended) data.push(...mended.slice(0, -checks));
    else whole = false;
    for (const [i, { modules }] of block.entries()) {
      for (const [bit, { at, inverted }] of modules.entries()) {
        if (mended)
          known[at] = (((mended[i] ?? 0) >> (7 - bit)) & 1) !== (inverted ? 1 : 0) ? 1 : -1;
      }
    }
  }
  if (!whole) return { text: null, known };
  try {
    const bytes = Uint8Array.from(data);
    const { version } = frame;
    const parsed = QRCodeDecodedBitStreamParser.decode(bytes, version, level, new Map());
    return { text: parsed.getText() };
  } catch {
    return { text: null, known: frame.known };
  }
}

/** Eight modules. */
interface Word {
  value: number;
  /** Of its least sure bit. */
  sure: number;
  modules: { at: number; inverted: boolean }[];
}

/** The likeliest of the 32 formats, by both copies together. Five bits: error correction, then mask. */
function formatOf({ size }: Frame, soft: Soft): number {
  let best = { format: 0, score: 0 };
  for (let format = 0; format < 32; format++) {
    const bits = formatBits(format);
    let score = 0;
    for (const copy of formatPlaces(size)) {
      for (const [i, [x, y]] of copy.entries()) {
        const value = Math.max(-1, Math.min(1, soft[y * size + x] ?? 0));
        score += (bits >> (14 - i)) & 1 ? value : -value;
      }
    }
    if (score > best.score) best = { format, score };
  }
  return best.format;
}

/** A format's five bits with the ten that check them, as they are masked in the code. */
function formatBits(format: number): number {
  let rest = format << 10;
  for (let bit = 14; bit >= 10; bit--) if ((rest >> bit) & 1) rest ^= 0b10100110111 << (bit - 10);
  return ((format << 10) | rest) ^ 0b101010000010010;
}

/** Codewords in the order in which they wind through the code: pairs of columns from the right, up and down. */
function wordsOf({ size, reserved }: Frame, soft: Soft, mask: number): Word[] {
  const words: Word[] = [];
  const empty = (): Word => ({ value: 0, sure: Number.POSITIVE_INFINITY, modules: [] });
  let word = empty();
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const y = up ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (reserved[y * size + x]) continue;
        const at = y * size + x;
        const value = soft[at] ?? 0;
        const inverted = QRCodeMaskUtil.getDataMaskBit(mask, x, y);
        const bit = value > 0 !== inverted;
        word.modules.push({ at, inverted });
        word.value = (word.value << 1) | (bit ? 1 : 0);
        word.sure = Math.min(word.sure, Math.abs(value));
        if (word.modules.length < 8) continue;
        words.push(word);
        word = empty();
      }
    }
    up = !up;
  }
  return words;
}

/** The blocks that are woven into one row of codewords: data first, the longer blocks' last ones, then checks. */
function unwoven(words: readonly Word[], lengths: readonly number[], checks: number): Word[][] {
  const blocks = lengths.map((): Word[] => []);
  let next = 0;
  const deal = (wants: (length: number) => boolean) => {
    for (const [i, length] of lengths.entries()) {
      const word = words[next];
      if (!wants(length) || !word) continue;
      blocks[i]?.push(word);
      next++;
    }
  };
  for (let at = 0; at < Math.max(...lengths); at++) deal((length) => at < length);
  for (let at = 0; at < checks; at++) deal(() => true);
  return blocks;
}

/** As it is, then with more and more of the least sure codewords given up. */
function mend(block: readonly Word[], checks: number): number[] | null {
  const values = block.map(({ value }) => value);
  const doubtful = block
    .map(({ sure }, place) => ({ sure, place }))
    .sort((a, b) => a.sure - b.sure)
    .map(({ place }) => place);
  const most = checks * QR.givenUp;
  for (let count = 0; count <= most; count += 2) {
    const mended = corrected(values, checks, doubtful.slice(0, count), count === 0 ? 0 : QR.spare);
    if (mended) return mended;
  }
  return null;
}
