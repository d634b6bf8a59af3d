import { qrCode } from './codes.ts';
import { clutter, compose, print, type Spoil, spoil } from './scene.ts';

/** A screenshot of SADP's password window with the QR of an export string (600 and more characters are dense). */
export async function sadpQrPicture(text: string, faults: Spoil = {}): Promise<Buffer> {
  const code = await qrCode(text, 4);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="800">
    <rect width="1280" height="800" fill="#eceff3"/><rect width="1280" height="56" fill="#b5202c"/>
    <rect x="60" y="100" width="1160" height="660" fill="#ffffff"/>${print(80, 160, 420, 12, 5)}</svg>`;
  return spoil(await compose(svg, [{ input: code, left: 620, top: 180 }]), faults);
}

/** The QR that Hik-Connect shows for "export local devices": it carries passwords. The payload here is made up. */
export function shareQrPicture(): Promise<Buffer> {
  const payload = Buffer.from('made up, holds no device').toString('base64');
  return sadpQrPicture(`QRC03010003${payload}${payload}`);
}

/** An invoice or a letter: white paper with print, no code. */
export async function invoicePicture(faults: Spoil = { jpeg: 85 }): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754">
    <rect width="1240" height="1754" fill="#fbfbf8"/>${print(120, 160, 1000, 42, 11)}
    <path d="M120 700H1120M120 760H1120M120 820H1120M420 700V820" stroke="#333" stroke-width="2"/></svg>`;
  return spoil(await compose(svg, []), faults);
}

/** A recorder's menu photographed from a television: dark page, light print, no code. */
export async function tvPagePicture(faults: Spoil = { jpeg: 80 }): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="1080">
    <rect width="1920" height="1080" fill="#39424e"/><rect x="60" y="60" width="320" height="960" fill="#56616f"/>
    ${print(450, 160, 1300, 22, 17).replaceAll('#222', '#e8e8e8')}</svg>`;
  return spoil(await compose(svg, []), faults);
}

/** A photo of nothing in particular: sharp clutter without print or code. */
export async function plainPicture(faults: Spoil = { jpeg: 85 }): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900">${clutter(1200, 900, 23)}</svg>`;
  return spoil(await compose(svg, []), faults);
}
