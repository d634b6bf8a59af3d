import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import sharp from 'sharp';

// Draws the how-to pictures as PNG beside their SVG, for messengers that take no SVG. Run it after a
// change of assets/pictures/*.svg. Its letters are those of the machine that runs it.

const HOME = resolve(import.meta.dirname, '..');
/** Twice the drawing's own size: sharp on a phone, and still a few tens of kilobytes. */
const DENSITY = 144;

for (const file of globSync('assets/pictures/*.svg', { cwd: HOME })) {
  const drawing = await readFile(resolve(HOME, file));
  await sharp(drawing, { density: DENSITY })
    .flatten({ background: '#fff' })
    .png({ palette: true, colours: 32, compressionLevel: 9 })
    .toFile(resolve(HOME, file.replace(/svg$/, 'png')));
}
