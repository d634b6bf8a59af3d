import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { type About, checkShape, englishOf, manifestOf } from './manifest.ts';

const HOME = resolve(import.meta.dirname, '../..');
/** The sizes that the manifest's schema names. */
const ICONS = { color: 192, outline: 32 } as const;

async function iconOf(name: keyof typeof ICONS): Promise<Uint8Array> {
  const drawing = await readFile(resolve(HOME, 'assets/teams', `${name}.svg`));
  const size = ICONS[name];
  return new Uint8Array(await sharp(drawing).resize(size, size).png().toBuffer());
}

/**
 * The app as Teams takes it: a zip of the manifest, its English texts and two icons, all at its root.
 *
 * @throws Error for a manifest that does not fit the schema
 */
export async function appPackage(about: About): Promise<Uint8Array> {
  const manifest = manifestOf(about);
  checkShape(manifest);
  const json = (value: unknown) => strToU8(JSON.stringify(value, null, 2));
  return zipSync({
    'manifest.json': json(manifest),
    'en.json': json(englishOf()),
    'color.png': await iconOf('color'),
    'outline.png': await iconOf('outline'),
  });
}
