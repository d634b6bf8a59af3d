import { resized } from './grey.ts';
import type { View } from './view.ts';

/**
 * A perceptual hash of a picture: whether each of 8 x 8 places is darker than its right neighbour, 64 bits in hex. The
 * same photo sent again, shrunk or compressed anew, differs in a few bits; another photo in about half.
 */
export async function fingerprintOf(view: View): Promise<string> {
  const { data } = await resized(view.grey, 9, 8);
  let bits = 0n;
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      const darker = (data[y * 9 + x] ?? 0) < (data[y * 9 + x + 1] ?? 0);
      bits = (bits << 1n) | (darker ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, '0');
}
