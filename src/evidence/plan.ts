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
  /** For zxing-cpp: of 90 labels and cartons it reads as many as at 2560, in two thirds of the time (measured). */
  codes: 1600,
  /** Pictures up to this are sharpened at one and a half times their size. */
  fine: 1800,
  /** A label cut out of the whole: its longest way across. */
  label: 1600,
  /** Sharpness and light are judged at one size, so that a threshold means the same for every camera. */
  judge: 640,
  /** Kept photos: enough for an agent to zoom in on a label. */
  kept: 4096,
} as const;

/**
 * Why the readers stand in the order of ./look.ts. Measured on 154 generated pictures with a serial of seeds 1, 24 and 27, of
 * which 124 were settled: how many each settled that none before it had, and its mean time on the wall.
 *
 *     zxing-quick       19     31 ms   upright or quarter-turned square codes at 1280 pixels
 *     zxing-cpp         26    117 ms   bars, and smaller, leaning, denser codes
 *     qr-equalised       4    125 ms   where no code is; 400 to 900 ms where one is. See QR
 *     ocr               73    560 ms   print, and labels whose codes are beyond all of them
 *     ocr-closer         2    560 ms   small print, laid level and enlarged; 4 of 88 in an earlier run
 *     zxing-cpp-label    0    340 ms   the label laid level; 3 of 88 in that run, with zxing-cpp-deep
 *     zxing-cpp-deep     0  1 040 ms   on real codes all readers together add 2.0 points to one call of zxing-cpp
 *     zxing-bars                       100 ms on a label; what it reads there, zxing-cpp does as well
 *     zxing-tiles                      166 ms; several codes beside each other
 *     zxing-prepared                   in an earlier study 11 of 1,648 real codes that zxing-cpp with retries missed
 */

/** Time in milliseconds. */
export const BUDGET = {
  /** Work on one picture after which readers stop between attempts: 2.2 s on the wall with two cores (measured). */
  soft: 2_400,
  /** On a busy machine the same work takes longer: so long at most. */
  wall: 9_000,
  /** The parent kills the process: the wall, and one attempt more. */
  hard: 13_000,
  /** Starting the process: about a second on a busy machine. */
  start: 10_000,
} as const;

/** The process that reads. */
export const PROCESS = {
  /** Reading peaks at 600 to 660 MiB in ordinary work (measured); what wants more than this is being attacked. */
  memoryBytes: 1_200_000_000,
  memoryEveryMs: 100,
  /** Writable memory, resident or not; the system refuses more. Above what the watch allows, since stacks count. */
  dataBytes: 2_000_000_000,
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
  /** Lines that run off the edge. One may be an accident of framing. */
  cutLines: 2,
  /** A lamp's reflection burns out this share of a picture that is otherwise of middling light; paper is brighter. */
  glareShare: 0.01,
  glareMean: 150,
} as const;

/** Reading text. */
export const OCR = {
  /**
   * Threads of the networks, if there are so many cores. The process has less of a claim to them than the chat, which
   * goes first whenever it wants one (`npm run bench -- loop`).
   */
  threads: 2,
  /** Of the time for a picture, for one reading of its text; a page full of it has too many lines. */
  share: 0.68,
  /**
   * Longer sides at which lines are looked for. What that costs goes with the pixels, and print is found best at one
   * height: first a small picture tells where print stands and how high it is, then the side is chosen by that. Of 60
   * pictures of seed 1, 5 more were shown than with 960 always, in two thirds of the time. The last is for print that is
   * small in the whole picture: a television set across the room.
   */
  sides: [640, 960, 1280],
  side: 960,
  leastSide: 480,
  /** With fewer lines in the small picture, it has not shown them all: a label has six, an invoice more. */
  enoughLines: 5,
  /** And print lower than this, in pixels of what was looked at, is seen in pieces. */
  leastHeight: 11,
  /** Height at which the smaller lines are looked for, with what is around them. */
  lineHeight: 24,
  /** A second look goes closer still. */
  closerSide: 1280,
  /** Print stands on edge when it leans more [sine], and fills little of the picture when its part is smaller. */
  crooked: 0.5,
  little: 0.6,
  /** Room around the print, as a share of its longer side. */
  margin: 0.2,
  /** A line that comes so near the edge of its part goes on beyond it; the part is then made so much longer that way. */
  atEdge: 0.01,
  beyond: 0.5,
  /**
   * The part with the print is cut out so fine that its smaller lines are as high as the network reads them, with some to
   * spare; but finer than the picture by no more than this, and at most so large.
   */
  legible: 64,
  mostFiner: 1.2,
  closerMost: 1_600,
  /** Small pictures are looked at larger, up to this. */
  mostEnlarged: 2,
  /** A pixel lies in a line, and a piece is one, above these. */
  inLine: 0.3,
  lineScore: 0.5,
  leastPixels: 12,
  /** From the core of a line to the whole of it, as the network was trained. */
  unclip: 1.6,
  /** A page full of text has hundreds of lines; a serial's picture has under 60. */
  mostLines: 80,
  /** Lines that decide together which way is up. */
  wayUpLines: 7,
  /** So much of a line, in pixels of its strip, tells whether it is light on dark. */
  lineSample: 400,
  /** How far from a half their mean must be to be believed. */
  wayUpSure: 0.35,
  /** Longer than this, in heights, a box tells the direction of print; lines of one label lean apart by less [radians]. */
  lineShape: 2.5,
  leaning: 0.18,
  /** Print fills its rectangle; edges and corners of other things do not. And no line is so high, in pictures. */
  fills: 0.5,
  highest: 0.22,
  /** A box less long than this, in heights, may be a short word across. */
  squarish: 1.6,
  /** Bounds of a strip, in its own pixels. */
  narrowest: 64,
  widestStrip: 1600,
  /** A line with a serial is about so long, in heights; where there are more lines than this, it is a full one. */
  serialShape: 8,
  pageLines: 16,
  fullShape: 12,
  /** Up to so many lines that may hold a serial, each is read several times; a list is longer. */
  fewSerials: 3,
  /** A line that was read once only is never surer than this. */
  readOnce: 0.8,
  /**
   * What would decide has to be read so surely in parts as well. A J that each reading of the whole took for a 3, at 0.91,
   * comes to 0.77 there (24-34), and has to be surer still as one of nine digits; an L taken for a 1 comes to 0.49.
   */
  partsSure: 0.8,
  /** How far a mark may stand from its serial, in heights of the serial. */
  farLeft: 25,
  farUp: 22,
} as const;

/**
 * QR codes whose modules have run together. Chosen on monitors of seeds 3 and 4, of which 29 of 42 were read without
 * and 37 with this; of 110 others (seeds 7, 8, 9) 66 without and 90 with it. It read nothing false in 218 real photos.
 */
export const QR = {
  /** Of the time for a picture: crowded print may look like codes, and is to be read yet. */
  share: 0.4,
  /** Cells along the longer side in which change of grey is measured, and the change that is the sensor's noise. */
  cells: 150,
  noise: 6,
  /** A patch is above these shares of the busiest cells; so many cells wide, this much of its rectangle, about square. */
  busiest: 0.99,
  busyShares: [0.6, 0.4],
  leastCells: 7,
  fills: 0.6,
  slenderest: 1.6,
  patches: 3,
  /** A patch is taken so much larger, and may then be so many modules wide; tried in these steps. */
  patchMargin: 1.25,
  smallest: 28,
  largest: 170,
  sizeStep: 1.12,
  /** Ways up that are followed [their marks: of codes 0.56 to 0.9, of print mostly under 0.5], and fits made exact. */
  marks: 3,
  likeMarks: 0.5,
  fits: 4,
  /** Known modules have to agree so much [of codes that were read 0.55 to 1.27, of print 0.5 at most]. */
  agrees: 0.45,
  /** The first fits look at every third known module. */
  roughly: 3,
  /** How far a code's size may be from what its marks say, and its fourth corner from a parallelogram, in sizes. */
  sizeDoubt: 0.1,
  perspective: 0.12,
  /** Modules around one that its grey is judged with, and how often what came out is learned from again. */
  reach: 1.5,
  rounds: 2,
  /** Decided neighbours taken into account: how far, and how often. */
  feedback: 2,
  feedbackRounds: 4,
  /** Modules learned from; what known ones weigh; below this, what seems so teaches nothing at first. */
  lessons: 4_000,
  trust: 2,
  leastSure: 0.15,
  ridge: 0.01,
  /** Begun anew at most so often with what could be mended, and so often in vain. */
  again: 8,
  vain: 2,
  /**
   * Share of a block's checks that may pay for doubtful codewords, and checks that stay over then: four make noise pass
   * for a block once in billions, by reckoning.
   */
  givenUp: 0.7,
  spare: 4,
} as const;
