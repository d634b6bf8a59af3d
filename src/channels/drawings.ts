import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Language } from '../dialogue/event.ts';
import type { PictureName } from '../dialogue/reply.ts';

const FOLDER = resolve(import.meta.dirname, '../../assets/pictures');

/**
 * The PNG of a how-to drawing. A further language may have none of its own: it is shown the English
 * one, as it is told in English what its texts lack.
 */
export function drawingFile(name: PictureName, language: Language): string {
  const own = `${name}.${language}.png`;
  return existsSync(drawingPath(own)) ? own : `${name}.en.png`;
}

/** Where the file of a drawing lies. */
export function drawingPath(file: string): string {
  return resolve(FOLDER, file);
}
