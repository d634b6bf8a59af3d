import { readFileSync } from 'node:fs';
import opentype from 'opentype.js';

/**
 * Text drawn as outlines of fonts that come as packages: the same picture on every machine, whatever fonts it has. All
 * of them hold the Vietnamese letters.
 */
const FILES = {
  sans: '@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf',
  bold: '@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf',
  condensed: '@expo-google-fonts/roboto-condensed/500Medium/RobotoCondensed_500Medium.ttf',
  mono: '@expo-google-fonts/roboto-mono/400Regular/RobotoMono_400Regular.ttf',
} as const;

export type Face = keyof typeof FILES;

const faces = new Map<Face, ReturnType<typeof opentype.parse>>();

function faceOf(name: Face): ReturnType<typeof opentype.parse> {
  const known = faces.get(name);
  if (known) return known;
  const path = new URL(`../../../node_modules/${FILES[name]}`, import.meta.url);
  const { buffer, byteOffset, length } = readFileSync(path);
  const face = opentype.parse(buffer.slice(byteOffset, byteOffset + length));
  faces.set(name, face);
  return face;
}

/** An SVG path of one line of text; `x`, `y` is the left end of its base line, `size` its height in pixels. */
export function write(
  text: string,
  x: number,
  y: number,
  size: number,
  { face = 'sans', fill = '#111' }: { face?: Face; fill?: string } = {},
): string {
  const font = faceOf(face);
  // Letter by letter, without ligatures or kerning: these tables of Arimo are more than the library knows.
  let at = x;
  let d = '';
  for (const letter of text.normalize('NFC')) {
    const glyph = font.charToGlyph(letter);
    d += glyph.getPath(at, y, size).toPathData(1);
    at += ((glyph.advanceWidth ?? 0) * size) / font.unitsPerEm;
  }
  return `<path d="${d}" fill="${fill}"/>`;
}
