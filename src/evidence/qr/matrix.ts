import { QRCodeVersion } from '@zxing/library';

/** Modules of a code that are the same in every code of its size. Values: 1 dark, -1 light, 0 not known beforehand. */
export interface Frame {
  /** Modules a side. */
  size: number;
  version: QRCodeVersion;
  known: Int8Array;
  /** The same as a list. */
  marks: readonly { x: number; y: number; dark: number }[];
  /** 1 where no data lies: known modules, and those that tell format and version. */
  reserved: Uint8Array;
}

const frames = new Map<number, Frame>();

/** @param size modules a side: 17 and four for each version, 1 to 40 */
export function frameOf(size: number): Frame {
  const made = frames.get(size) ?? makeFrame(size);
  frames.set(size, made);
  return made;
}

function makeFrame(size: number): Frame {
  const version = QRCodeVersion.getVersionForNumber((size - 17) / 4);
  const known = new Int8Array(size * size);
  const reserved = new Uint8Array(size * size);
  const set = (x: number, y: number, dark: boolean | null) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    reserved[y * size + x] = 1;
    if (dark !== null) known[y * size + x] = dark ? 1 : -1;
  };
  for (let i = 8; i < size - 8; i++) {
    set(i, 6, i % 2 === 0);
    set(6, i, i % 2 === 0);
  }
  const rings = (x: number, y: number, reach: number, isDark: (ring: number) => boolean) => {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        set(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  };
  const far = size - 4;
  for (const [x, y] of [
    [3, 3],
    [far, 3],
    [3, far],
  ] as const) {
    rings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  }
  const centres = [...version.getAlignmentPatternCenters()];
  for (const y of centres) {
    for (const x of centres) {
      const [lowX, lowY] = [x < 9, y < 9];
      if ((lowX && lowY) || (lowX && y > size - 10) || (lowY && x > size - 10)) continue;
      rings(x, y, 2, (ring) => ring !== 1);
    }
  }
  for (const [x, y] of formatPlaces(size).flat()) set(x, y, null);
  set(8, size - 8, true);
  if (version.getVersionNumber() >= 7) {
    for (let i = 0; i < 6; i++) {
      for (let j = size - 11; j < size - 8; j++) {
        set(i, j, null);
        set(j, i, null);
      }
    }
  }
  return { size, version, known, marks: marksOf(known, size), reserved };
}

/** The modules of which something is known, as a list. */
export function marksOf(known: Int8Array, size: number): Frame['marks'] {
  return [...known.entries()].flatMap(([at, dark]) =>
    dark === 0 ? [] : [{ x: at % size, y: Math.floor(at / size), dark }],
  );
}

/** Where the fifteen bits of the format stand, the highest first, in both copies. */
export function formatPlaces(size: number): (readonly [number, number])[][] {
  const around: [number, number][] = [];
  for (let x = 0; x < 6; x++) around.push([x, 8]);
  around.push([7, 8], [8, 8], [8, 7]);
  for (let y = 5; y >= 0; y--) around.push([8, y]);
  const apart: [number, number][] = [];
  for (let y = size - 1; y > size - 8; y--) apart.push([8, y]);
  for (let x = size - 8; x < size; x++) apart.push([x, 8]);
  return [around, apart];
}
