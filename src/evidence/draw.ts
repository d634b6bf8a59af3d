import type { OverlayOptions } from 'sharp';
import type { Place, Tidied } from './contract.ts';
import { stripMetadata } from './decode.ts';

type Drawn = Promise<Exclude<Tidied, { failed: true }>>;

interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

const FRAME = '#e11d48';
const COVER = '#1f2937';

/** The picture with a frame around each place, a little outside of it. */
export function outlined(bytes: Uint8Array, places: readonly Place[]): Drawn {
  return stripMetadata(bytes, (width, height) => {
    const line = Math.max(3, Math.round(Math.max(width, height) / 300));
    return places.flatMap((place) => {
      const { left, top, width: w, height: h } = grown(place, width, height, 3 * line);
      const sides = [
        { left, top, width: w, height: line },
        { left, top: top + h - line, width: w, height: line },
        { left, top, width: line, height: h },
        { left: left + w - line, top, width: line, height: h },
      ];
      return sides.flatMap((side) => filled(side, width, height, FRAME));
    });
  });
}

/** The picture with each place covered, a little beyond its edge. */
export function covered(bytes: Uint8Array, places: readonly Place[]): Drawn {
  return stripMetadata(bytes, (width, height) =>
    places.flatMap((place) => {
      const beyond = Math.max(width, height) / 200;
      return filled(grown(place, width, height, beyond), width, height, COVER);
    }),
  );
}

function grown(place: Place, width: number, height: number, by: number): Rectangle {
  return {
    left: place.x * width - by,
    top: place.y * height - by,
    width: place.width * width + 2 * by,
    height: place.height * height + 2 * by,
  };
}

/** One rectangle, clipped to the picture; nothing where it lies outside. */
function filled(part: Rectangle, width: number, height: number, colour: string): OverlayOptions[] {
  const left = Math.max(0, Math.floor(part.left));
  const top = Math.max(0, Math.floor(part.top));
  const right = Math.min(width, Math.ceil(part.left + part.width));
  const bottom = Math.min(height, Math.ceil(part.top + part.height));
  if (right <= left || bottom <= top) return [];
  const [w, h] = [right - left, bottom - top];
  return [
    { input: { create: { width: w, height: h, channels: 3, background: colour } }, left, top },
  ];
}
