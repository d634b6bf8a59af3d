import { seeded } from '../../pictures/random.ts';
import { type Level, photograph, screenshot } from './camera.ts';
import { Chance, type Device, inventDevice } from './facts.ts';
import { boxLabel, invoice, label, type Paper, sadpList, sadpQr, tvPage } from './papers.ts';

export type Kind =
  | 'label QR'
  | 'label bars'
  | 'label text'
  | 'box'
  | 'invoice'
  | 'TV page'
  | 'SADP list'
  | 'SADP QR screenshot'
  | 'SADP QR monitor';

export interface Sample {
  id: string;
  kind: Kind;
  level: Level;
  bytes: Buffer;
  /** Short serials that the picture shows; empty where it shows none. */
  serials: readonly string[];
  /** The text of a SADP QR. */
  sadp?: string;
  /** The verification code that may be printed or packed in it. */
  code: string;
}

/** How often each kind comes; the first five are what installers send. */
const KINDS: readonly (readonly [Kind, number])[] = [
  ['label QR', 20],
  ['label bars', 18],
  ['label text', 20],
  ['box', 10],
  ['invoice', 9],
  ['TV page', 12],
  ['SADP list', 6],
  ['SADP QR screenshot', 2],
  ['SADP QR monitor', 3],
];

/** Share of pictures of labels, invoices and TV pages that show no serial. */
const WITHOUT_SERIAL = 0.06;

/** The picture number `index` of a set. The same seed and number give the same picture on every machine. */
export async function generate(seed: number, index: number): Promise<Sample> {
  const chance = chanceOf(seed, index);
  const kind = pick(chance);
  const level = chance.one([0, 0, 1, 1, 2, 2, 2, 3, 3] as const);
  const device = inventDevice(chance);
  const without = chance.happens(WITHOUT_SERIAL);
  const { paper, sadp, serials } = await draw(chance, kind, device, without);
  const shot = kind === 'SADP QR screenshot' || (kind === 'SADP list' && level < 2);
  const bytes = shot ? await screenshot(chance, paper) : await photograph(chance, paper, level);
  return {
    id: `${seed}-${index}`,
    kind,
    level,
    bytes,
    serials,
    code: device.code,
    ...(sadp === undefined ? {} : { sadp }),
  };
}

/** The kind of a picture, without drawing it. */
export function kindOf(seed: number, index: number): Kind {
  return pick(chanceOf(seed, index));
}

/** A generator's first numbers still resemble its neighbours'. */
function chanceOf(seed: number, index: number): Chance {
  const chance = new Chance(seeded(seed * 1_000_003 + index));
  for (let i = 0; i < 8; i++) chance.part();
  return chance;
}

function pick(chance: Chance): Kind {
  const total = KINDS.reduce((sum, [, weight]) => sum + weight, 0);
  let left = chance.between(0, total);
  for (const [kind, weight] of KINDS) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'label text';
}

async function draw(
  chance: Chance,
  kind: Kind,
  device: Device,
  without: boolean,
): Promise<{ paper: Paper; sadp?: string; serials: readonly string[] }> {
  const serials = without ? [] : [device.short];
  const parts = { serial: !without };
  switch (kind) {
    case 'label QR':
      return {
        serials,
        paper: await label(chance, device, { ...parts, qr: true, bars: chance.happens(0.4) }),
      };
    case 'label bars':
      return { serials, paper: await label(chance, device, { ...parts, bars: true }) };
    case 'label text':
      return { serials, paper: await label(chance, device, parts) };
    case 'box':
      return { serials: [device.short], paper: await boxLabel(chance, device) };
    case 'invoice':
      return { serials, paper: await invoice(chance, device, !without) };
    case 'TV page':
      return { serials, paper: await tvPage(chance, device, !without) };
    case 'SADP list': {
      const devices = Array.from({ length: chance.whole(1, 7) }, () => inventDevice(chance));
      return { serials: devices.map((one) => one.short), paper: await sadpList(chance, devices) };
    }
    case 'SADP QR screenshot':
    case 'SADP QR monitor': {
      const { paper, text } = await sadpQr(chance);
      return { serials: [], sadp: text, paper };
    }
  }
}
