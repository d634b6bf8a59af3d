/**
 * Every bound, budget and threshold of photo reading, with its reason. The figures marked "measured" come from runs
 * over public barcode photos and over the pictures that test/pictures draws.
 */

/** What a file may cost before anything is decoded. */
export const INTAKE = {
  /** A 12-megapixel phone photo is 3 to 8 MB; chat platforms cap what they pass on at 10 to 20 MB. */
  maxBytes: 15 * 1024 * 1024,
  /** Below the usual 48- and 50-megapixel modes, which no chat sends unshrunk; bounds a bomb's memory at 160 MB. */
  maxPixels: 40_000_000,
} as const;

/** Sides in pixels, always the longer one. */
export const SIDES = {
  /** All reading happens inside this: a label that fills a quarter of a photo keeps about 4 px a bar. */
  work: 2560,
  /** First try. Binarizing is linear in pixels and most codes fill enough of the picture (measured: 4 in 5). */
  quick: 1280,
  /** Sharpness and light are judged at one size, so that a threshold means the same for every camera. */
  judge: 640,
  /** Kept photos: enough for an agent to zoom in on a label. */
  kept: 4096,
} as const;

/** Time in milliseconds. */
export const BUDGET = {
  /** Readers stop between attempts once a picture has taken this long; one attempt stays under a second. */
  soft: 8_000,
  /** The parent kills the process: soft budget, one attempt, and a slow machine. */
  hard: 12_000,
  /** Starting the process: about a second on a busy machine. */
  start: 10_000,
} as const;

/** The process that reads. */
export const PROCESS = {
  /** A 39-megapixel photo peaks near 320 MB (measured); a decoder that wants more than this is being attacked. */
  memoryBytes: 1_200_000_000,
  memoryEveryMs: 100,
  /** Native allocators fragment; a fresh process costs a second, off most paths. */
  pictures: 200,
  /** Waiting pictures: ten albums of three. Readable ones take under a second each, unreadable ones 2 to 5. */
  queue: 32,
  queueBytes: 128 * 1024 * 1024,
  /** A picture that waited this long is given up: the dialogue has ended its wait by then (60 s). */
  waitMs: 45_000,
} as const;

/** How many codes of one kind are looked for in one bitmap: box labels carry up to six. */
export const CODES_PER_BITMAP = 8;

/**
 * Trouble thresholds, on the grey picture at SIDES.judge. Each stands between what sharp and spoilt pictures of the
 * test generator measure (figures in brackets); test/evidence/quality.test.ts keeps them there.
 */
export const TROUBLE = {
  /** Shorter side of the original. A label that fills half the picture reads at 240 px and no more at 180. */
  smallSide: 200,
  /** Mean grey of a picture in the dark [half light 72, a third 43]. */
  darkMean: 45,
  /** Mean grey of an overexposed picture [a white page out of focus 239]. */
  brightMean: 242,
  /** Standard deviation that dark and overexposed pictures stay under [a third of the light 20, dark menus 30]. */
  flatContrast: 25,
  /** Variance of the Laplacian [last readable blur 60, sharp scene without detail 31, unreadable blur 12]. */
  blurredSharpness: 25,
} as const;
