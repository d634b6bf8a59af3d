import sharp from 'sharp';
import { homography, type Quad } from '../../../src/evidence/perspective.ts';
import { clutter } from '../../pictures/scene.ts';
import type { Chance } from './facts.ts';
import type { Paper } from './papers.ts';

/** How hard a picture is: 0 clean, 1 easy, 2 medium, 3 hard. */
export type Level = 0 | 1 | 2 | 3;

/** Ranges from which a level draws its faults. Blur in pixels of a picture 1600 wide, noise in grey levels. */
const FAULTS = [
  {
    fill: [0.7, 0.95],
    slant: 0,
    turn: 2,
    blur: [0, 0.4],
    noise: 1,
    light: [1, 1],
    jpeg: [85, 95],
    glare: 0,
    quarter: 0,
    motion: 0,
    moire: 0.05,
  },
  {
    fill: [0.5, 0.9],
    slant: 0.04,
    turn: 8,
    blur: [0.2, 1],
    noise: 5,
    light: [0.7, 1.2],
    jpeg: [70, 92],
    glare: 0.1,
    quarter: 0.1,
    motion: 0,
    moire: 0.12,
  },
  {
    fill: [0.45, 0.85],
    slant: 0.1,
    turn: 18,
    blur: [0.5, 1.6],
    noise: 9,
    light: [0.5, 1.3],
    jpeg: [45, 82],
    glare: 0.35,
    quarter: 0.25,
    motion: 0.15,
    moire: 0.22,
  },
  {
    fill: [0.38, 0.75],
    slant: 0.16,
    turn: 28,
    blur: [0.9, 2.3],
    noise: 16,
    light: [0.3, 1.5],
    jpeg: [30, 65],
    glare: 0.6,
    quarter: 0.25,
    motion: 0.4,
    moire: 0.3,
  },
] as const;

/** Megapixels and how often: chats shrink most photos. */
const SIZES = [0.5, 0.6, 0.8, 1, 1, 1.2, 1.2, 2, 2, 3, 4, 8, 12] as const;

/** Photographs a flat thing. */
export async function photograph(chance: Chance, thing: Paper, level: Level): Promise<Buffer> {
  const faults = FAULTS[level];
  const pixels = chance.one(SIZES) * 1e6;
  const upright = chance.happens(0.3);
  const long = Math.round(Math.sqrt(pixels * (4 / 3)));
  const [width, height] = upright
    ? [Math.round(long * 0.75), long]
    : [long, Math.round(long * 0.75)];
  const quad = lay(chance, thing, width, height, faults);
  const scale = Math.hypot(quad[1].x - quad[0].x, quad[1].y - quad[0].y) / thing.width;
  const drawn = await matched(thing, scale);
  const background = await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600">${clutter(800, 600, chance.whole(1, 1e6))}</svg>`,
    ),
  )
    .resize(width, height, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer();
  paste(background, width, height, drawn, quad, thing, faults.moire * chance.between(0.5, 1));
  const px = width / 1600;
  const blur = chance.between(faults.blur[0], faults.blur[1]) * Math.max(0.6, px);
  let image = sharp(background, { raw: { width, height, channels: 3 } });
  if (blur > 0.3) image = image.blur(blur);
  let seen: Buffer = await image.raw().toBuffer();
  if (chance.happens(faults.motion))
    seen = smear(
      seen,
      width,
      Math.round(chance.between(2, 6) * Math.max(0.7, px)),
      chance.happens(0.5),
    );
  expose(chance, seen, width, height, quad, faults);
  return develop(chance, seen, width, height, faults.jpeg);
}

/** A screenshot: the thing itself, as PNG, WebP or good JPEG. */
export function screenshot(chance: Chance, { png }: Paper): Promise<Buffer> {
  const image = sharp(png);
  return chance
    .one([
      () => image.png(),
      () => image.webp({ quality: 85 }),
      () => image.jpeg({ quality: 85 }),
    ])()
    .toBuffer();
}

type Faults = (typeof FAULTS)[number];

/** Where the corners of the thing come to lie. */
function lay(chance: Chance, thing: Paper, width: number, height: number, faults: Faults): Quad {
  const quarter = chance.happens(faults.quarter) ? chance.whole(1, 3) : 0;
  const angle = ((chance.between(-faults.turn, faults.turn) + quarter * 90) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const box = {
    w: Math.abs(thing.width * cos) + Math.abs(thing.height * sin),
    h: Math.abs(thing.width * sin) + Math.abs(thing.height * cos),
  };
  const scale =
    Math.min(width / box.w, height / box.h) * chance.between(faults.fill[0], faults.fill[1]);
  const slack = { x: (width - box.w * scale) / 2, y: (height - box.h * scale) / 2 };
  const centre = {
    x: width / 2 + chance.between(-slack.x, slack.x) * 0.7,
    y: height / 2 + chance.between(-slack.y, slack.y) * 0.7,
  };
  const jitter = faults.slant * Math.min(thing.width, thing.height);
  const corner = (x: number, y: number) => {
    const dx = (x - 0.5) * thing.width + chance.between(-jitter, jitter) / 2;
    const dy = (y - 0.5) * thing.height + chance.between(-jitter, jitter) / 2;
    return {
      x: centre.x + (dx * cos - dy * sin) * scale,
      y: centre.y + (dx * sin + dy * cos) * scale,
    };
  };
  return [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
}

interface Drawn {
  data: Buffer;
  width: number;
  height: number;
}

/** The drawing at about the size at which it is seen, so that sampling loses no line. */
async function matched(thing: Paper, scale: number): Promise<Drawn> {
  const width = Math.max(64, Math.round(thing.width * Math.min(1.4, scale)));
  const { data, info } = await sharp(thing.png)
    .resize({ width })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Draws the thing into the picture; a screen's dots meet the camera's here, which gives the moiré. */
function paste(
  out: Buffer,
  width: number,
  height: number,
  drawn: Drawn,
  quad: Quad,
  thing: Paper,
  dots: number,
): void {
  const back = homography(quad, [
    { x: 0, y: 0 },
    { x: drawn.width - 1, y: 0 },
    { x: drawn.width - 1, y: drawn.height - 1 },
    { x: 0, y: drawn.height - 1 },
  ]);
  const xs = quad.map((p) => p.x);
  const ys = quad.map((p) => p.y);
  const [left, right] = [
    Math.max(0, Math.floor(Math.min(...xs))),
    Math.min(width - 1, Math.ceil(Math.max(...xs))),
  ];
  const [top, bottom] = [
    Math.max(0, Math.floor(Math.min(...ys))),
    Math.min(height - 1, Math.ceil(Math.max(...ys))),
  ];
  const [a, b, c, d, e, f, g, h] = back;
  const toDots = (2 * Math.PI * thing.width) / drawn.width;
  const { data, width: dw, height: dh } = drawn;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const w = g * x + h * y + 1;
      const u = (a * x + b * y + c) / w;
      const v = (d * x + e * y + f) / w;
      if (u < 0 || v < 0 || u > dw - 1 || v > dh - 1) continue;
      const [u0, v0] = [Math.min(dw - 2, u | 0), Math.min(dh - 2, v | 0)];
      const [fu, fv] = [u - u0, v - v0];
      const at = (v0 * dw + u0) * 3;
      const to = (y * width + x) * 3;
      for (let k = 0; k < 3; k++) {
        const upper = (data[at + k] ?? 0) * (1 - fu) + (data[at + 3 + k] ?? 0) * fu;
        const lower =
          (data[at + dw * 3 + k] ?? 0) * (1 - fu) + (data[at + dw * 3 + 3 + k] ?? 0) * fu;
        let value = upper * (1 - fv) + lower * fv;
        if (thing.screen) {
          value *=
            1 + dots * (Math.cos(u * toDots + (k * 2 * Math.PI) / 3) + 0.7 * Math.cos(v * toDots));
        }
        out[to + k] = Math.max(0, Math.min(255, value));
      }
    }
  }
}

/** Motion of the hand: a running mean along a row or a column. */
function smear(data: Buffer, width: number, length: number, down: boolean): Buffer {
  const step = down ? width * 3 : 3;
  const out = Buffer.from(data);
  for (let i = step * length; i < data.length; i++) {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += data[i - k * step] ?? 0;
    out[i] = sum / length;
  }
  return out;
}

/** Light, its fall-off, a reflection over part of the thing, and the sensor's noise. */
function expose(
  chance: Chance,
  data: Buffer,
  width: number,
  height: number,
  quad: Quad,
  faults: Faults,
): void {
  const gain = chance.between(faults.light[0], faults.light[1]);
  const [fx, fy] = [chance.between(-0.25, 0.25), chance.between(-0.25, 0.25)].map((n) =>
    faults.slant > 0 ? n : 0,
  ) as [number, number];
  const shine = chance.happens(faults.glare);
  const spot = {
    x: quad[0].x + (quad[2].x - quad[0].x) * chance.part(),
    y: quad[0].y + (quad[2].y - quad[0].y) * chance.part(),
    r: Math.hypot(quad[1].x - quad[0].x, quad[1].y - quad[0].y) * chance.between(0.1, 0.28),
    power: chance.between(80, 260),
  };
  let state = chance.whole(1, 2 ** 31 - 2);
  const noise = () => {
    // A sum of four draws of a small generator is near enough to normal.
    let sum = 0;
    for (let i = 0; i < 4; i++) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      sum += state / 0x7fffffff - 0.5;
    }
    return sum * 1.7;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = gain * (1 + fx * (x / width - 0.5) + fy * (y / height - 0.5));
      let added = noise() * faults.noise;
      if (shine) {
        const far = ((x - spot.x) ** 2 + ((y - spot.y) * 1.6) ** 2) / (spot.r * spot.r);
        if (far < 6) added += spot.power * Math.exp(-far);
      }
      const at = (y * width + x) * 3;
      for (let k = 0; k < 3; k++) {
        data[at + k] = Math.max(0, Math.min(255, (data[at + k] ?? 0) * light + added));
      }
    }
  }
}

/** JPEG, some with the way up only noted, some as WebP or PNG. */
async function develop(
  chance: Chance,
  data: Buffer,
  width: number,
  height: number,
  quality: readonly [number, number],
): Promise<Buffer> {
  const q = chance.whole(quality[0], quality[1]);
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  const how = chance.part();
  if (how < 0.15) {
    const lying = await image.rotate(270).raw().toBuffer();
    return sharp(lying, { raw: { width: height, height: width, channels: 3 } })
      .jpeg({ quality: q })
      .withMetadata({ orientation: 6 })
      .toBuffer();
  }
  if (how < 0.2) return image.webp({ quality: q }).toBuffer();
  if (how < 0.23 && width * height < 2e6) return image.png().toBuffer();
  return image.jpeg({ quality: q }).toBuffer();
}
