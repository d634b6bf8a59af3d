import { write } from '../bench/evidence/fonts.ts';
import { clutter, compose, type Spoil, spoil } from './scene.ts';

/** A line of print: its text, and where its base line begins. */
export interface Print {
  text: string;
  x: number;
  y: number;
  size?: number;
}

/**
 * A white sheet of 1000 x 600 with print on it, lying on clutter.
 *
 * @param lines what is printed, in pixels of the sheet
 * @param faults what the camera did to it
 */
export async function printedPicture(
  lines: readonly Print[],
  faults: Spoil = { jpeg: 85 },
): Promise<Buffer> {
  const print = lines.map(({ text, x, y, size = 38 }) => write(text, x + 150, y + 150, size));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1300" height="900">
    ${clutter(1300, 900, 8)}<rect x="150" y="150" width="1000" height="600" fill="#f6f6f4"/>${print.join('')}</svg>`;
  return spoil(await compose(svg, []), faults);
}

/** A device label in print alone. */
export function printedLabel(serial: string, code: string, faults?: Spoil): Promise<Buffer> {
  return printedPicture(
    [
      { text: 'HIKVISION', x: 40, y: 90, size: 56 },
      { text: 'NETWORK CAMERA', x: 40, y: 170 },
      { text: 'Model: DS-2CD2043G2-I', x: 40, y: 240 },
      { text: `S/N: ${serial}`, x: 40, y: 310 },
      { text: 'Material: 301500123', x: 40, y: 380 },
      { text: `Verification Code: ${code}`, x: 40, y: 450 },
      { text: '03/2024  Made in China', x: 40, y: 520 },
    ],
    faults,
  );
}

/** A page with nothing but serials, some hundred of them. */
export function serialPage(): Promise<Buffer> {
  const rows = Array.from({ length: 40 }, (_, row) => {
    const cells = Array.from({ length: 6 }, (_, column) =>
      write(
        `S/N E${String(10_000_000 + row * 977 + column * 13)}`,
        20 + column * 260,
        40 + row * 38,
        22,
      ),
    );
    return cells.join('');
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1600"><rect width="1600" height="1600" fill="#fff"/>${rows.join('')}</svg>`;
  return compose(svg, []);
}
