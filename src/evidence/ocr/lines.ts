import type { Box, Grey } from '../grey.ts';
import { OCR } from '../plan.ts';
import { turned } from './boxes.ts';
import type { Models } from './models.ts';
import { type Letter, readStrip, upsideDown } from './recognise.ts';
import { cutOut } from './strip.ts';

/** A line of text as it was read. Secret until it is known what it says: it may be a verification code. */
export interface TextLine {
  letters: readonly Letter[];
  /** See plainOf. */
  plain: string;
  /** In pixels of the picture that was read; its width runs along the text. */
  box: Box;
}

/** The boxes laid in their common direction, and as their longest lines decide together which of its two ways is up. */
export async function laidUpright(
  models: Models,
  grey: Grey,
  boxes: readonly Box[],
): Promise<Box[]> {
  const along = runningTogether(boxes);
  const asked = along.toSorted((a, b) => b.width - a.width).slice(0, OCR.wayUpLines);
  const flipped = await areFlipped(models, grey, asked);
  return flipped ? along.map((box) => ({ ...box, angle: box.angle + Math.PI })) : along;
}

/**
 * Turns boxes so that all of them run in one direction, and drops what runs across it: a label has one way up, edges of
 * things around it have many.
 */
export function runningTogether(boxes: readonly Box[]): Box[] {
  const direction = commonAngle(boxes);
  return boxes.flatMap((box) => towards(box, direction) ?? []);
}

/**
 * Whether lines stand upside down. Small print is beyond the network that tells, and it says so by its numbers: then
 * two lines are read both ways, and the surer way wins.
 */
async function areFlipped(models: Models, grey: Grey, lines: readonly Box[]): Promise<boolean> {
  if (lines.length === 0) return false;
  let sum = 0;
  for (const box of lines) sum += await upsideDown(models, cutOut(grey, box, 192));
  const share = sum / lines.length;
  if (Math.abs(share - 0.5) > OCR.wayUpSure) return share > 0.5;
  let better = 0;
  for (const box of lines.slice(0, 2)) {
    const strip = cutOut(grey, box, OCR.widestStrip);
    better += sureness(await readStrip(models, { ...strip, data: strip.data.toReversed() }));
    better -= sureness(await readStrip(models, strip));
  }
  return better > 0;
}

function sureness(letters: readonly Letter[]): number {
  return letters.reduce((sum, { sure }) => sum + sure ** 2, 0);
}

/** The angle within a quarter turn of level about which most of the print runs. */
function commonAngle(boxes: readonly Box[]): number {
  const long = boxes.filter((box) => box.width > OCR.lineShape * box.height);
  let best = { weight: 0, angle: 0 };
  for (const { angle } of long) {
    let weight = 0;
    let turn = 0;
    for (const other of long) {
      const away = nearest(other.angle, angle) - angle;
      if (Math.abs(away) > OCR.leaning) continue;
      weight += other.width;
      turn += away * other.width;
    }
    if (weight > best.weight) best = { weight, angle: angle + turn / weight };
  }
  return nearest(best.angle, 0);
}

/** `angle` plus half turns, as near to `other` as can be. */
function nearest(angle: number, other: number): number {
  return angle - Math.round((angle - other) / Math.PI) * Math.PI;
}

/** A short box may be higher than wide: its text runs with the others'. Null for a long one that runs across. */
function towards(box: Box, direction: number): Box | null {
  const away = Math.abs(nearest(box.angle, direction) - direction);
  const short = box.width < OCR.squarish * box.height;
  const side = away > Math.PI / 4 && short ? turned(box) : box;
  const angle = nearest(side.angle, direction);
  return Math.abs(angle - direction) > 2 * OCR.leaning && !short ? null : { ...side, angle };
}

/** The lines of one picture, each read when it is first asked for. */
export class Lines {
  readonly boxes: readonly Box[];
  readonly #models: Models;
  readonly #grey: Grey;
  readonly #spent: () => boolean;
  readonly #read = new Map<Box, TextLine | null>();

  /**
   * @param boxes in pixels of `grey`
   * @param spent once it is true, no more lines are read
   */
  constructor(models: Models, grey: Grey, boxes: readonly Box[], spent: () => boolean) {
    this.boxes = boxes;
    this.#models = models;
    this.#grey = grey;
    this.#spent = spent;
  }

  /** What a line says; null when nothing is legible in it, or the time is up. */
  async at(box: Box): Promise<TextLine | null> {
    const known = this.#read.get(box);
    if (known !== undefined) return known;
    if (this.#spent()) return null;
    const letters = await readStrip(this.#models, cutOut(this.#grey, box, OCR.widestStrip));
    const line = letters.length > 0 ? { letters, plain: plainOf(letters), box } : null;
    this.#read.set(box, line);
    return line;
  }

  /** The first of these lines that is legible and as wished. */
  async first(
    boxes: readonly Box[],
    isWished: (line: TextLine) => boolean = () => true,
  ): Promise<TextLine | null> {
    for (const box of boxes) {
      const line = await this.at(box);
      if (line && isWished(line)) return line;
    }
    return null;
  }

  /** All that are legible, as far as the time lets. */
  async all(): Promise<TextLine[]> {
    const lines: TextLine[] = [];
    for (const box of this.boxes) {
      const line = await this.at(box);
      if (line) lines.push(line);
    }
    return lines;
  }
}

/** The plain text of a line: capitals of ASCII, one per letter, accents dropped. */
export function plainOf(letters: readonly Letter[]): string {
  return letters
    .map(({ char }) => {
      const plain = char.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
      return plain === 'Đ' ? 'D' : plain.length === 1 ? plain : (plain[0] ?? ' ');
    })
    .join('');
}
