import { code128, dataMatrix, qrCode } from './codes.ts';
import { clutter, compose, type Piece, type Spoil, spoil } from './scene.ts';

/** What a device label says. `full` replaces the short serial in the QR; `material` adds a second Code 128. */
export interface Label {
  serial: string;
  /** Verification code. Made up; must never come out of a reading. */
  code: string;
  model: string;
  full?: string;
  material?: string;
  /** Which codes the label carries; QR and Code 128 when absent. */
  codes?: readonly ('qr' | 'code128' | 'dataMatrix')[];
  seed?: number;
}

/** The text of a label's QR: site, serial, verification code, model. */
export function labelText({ serial, full, code, model }: Label): string {
  return `www.hik-connect.com\r\n${full ?? serial}\r\n${code}\r\n${model}\r\n`;
}

/**
 * A photo of a device label, 1600 x 1200, lying on clutter.
 *
 * @param label what it says, and which codes it carries
 * @param faults what the camera did to it
 */
export async function labelPicture(label: Label, faults: Spoil = { jpeg: 85 }): Promise<Buffer> {
  const { serial, model, material, codes = ['qr', 'code128'], seed = 1 } = label;
  const [left, top] = [320 + (seed % 5) * 20, 260 + (seed % 7) * 15];
  const pieces: Piece[] = [];
  if (codes.includes('qr')) {
    pieces.push({ input: await qrCode(labelText(label), 8), left: left + 590, top: top + 40 });
  }
  if (codes.includes('code128')) {
    pieces.push({ input: await code128(serial), left: left + 40, top: top + 250 });
  }
  if (codes.includes('dataMatrix')) {
    pieces.push({ input: await dataMatrix(serial), left: left + 640, top: top + 380 });
  }
  if (material) pieces.push({ input: await code128(material), left: left + 40, top: top + 430 });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200">
    ${clutter(1600, 1200, seed)}
    <rect x="${left}" y="${top}" width="960" height="620" rx="18" fill="#f4f4f2"/>
    <g font-family="sans-serif" font-size="44" fill="#111">
      <text x="${left + 40}" y="${top + 90}">NETWORK CAMERA</text>
      <text x="${left + 40}" y="${top + 160}">${model}</text>
      <text x="${left + 40}" y="${top + 230}">S/N: ${serial}</text>
    </g></svg>`;
  return spoil(await compose(svg, pieces), faults);
}

/** A photo of some code alone on clutter: a box, a screen, a sticker. */
export async function codePicture(
  kind: 'qr' | 'code128' | 'dataMatrix',
  text: string,
  faults: Spoil = { jpeg: 85 },
): Promise<Buffer> {
  const draw = { qr: qrCode, code128, dataMatrix }[kind];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900">${clutter(1200, 900, 3)}</svg>`;
  const code = await draw(text);
  return spoil(await compose(svg, [{ input: code, left: 300, top: 200 }]), faults);
}

/** Two QR codes beside each other, as on a box for two devices. */
export async function pairPicture(left: string, right: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="700">${clutter(1200, 700, 4)}</svg>`;
  return compose(svg, [
    { input: await qrCode(left, 8), left: 150, top: 200 },
    { input: await qrCode(right, 8), left: 700, top: 240 },
  ]);
}
