import sharp from 'sharp';

/** Zalo takes uploads of up to 1 MB, Teams pictures within a message. */
const MOST_BYTES = 1_000_000;
/** Longer sides and JPEG qualities that are tried one after the other, the best first. */
const SMALLER = [
  { width: 2048, quality: 85 },
  { width: 1600, quality: 75 },
  { width: 1200, quality: 65 },
  { width: 800, quality: 50 },
] as const;

/**
 * A picture of ours as messengers take it: JPEG or PNG, at most 1 MB. For drawings, and for photos
 * that the reading process has written anew; what a person sends is never decoded here.
 *
 * @param mostSide in pixels, where the platform has such a limit
 * @throws what sharp throws for bytes that are no picture
 */
export async function fitPicture(
  bytes: Uint8Array,
  mime: string,
  mostSide?: number,
): Promise<{ bytes: Uint8Array; mime: 'image/png' | 'image/jpeg' }> {
  const known = mime === 'image/png' || mime === 'image/jpeg';
  if (known && bytes.length <= MOST_BYTES && (await isWithin(bytes, mostSide))) {
    return { bytes, mime };
  }
  let smallest: Uint8Array = bytes;
  for (const { width, quality } of SMALLER) {
    const side = Math.min(width, mostSide ?? width);
    const resized = sharp(bytes)
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' });
    smallest = await resized.jpeg({ quality }).toBuffer();
    if (smallest.length <= MOST_BYTES) break;
  }
  return { bytes: smallest, mime: 'image/jpeg' };
}

async function isWithin(bytes: Uint8Array, mostSide: number | undefined): Promise<boolean> {
  if (mostSide === undefined) return true;
  const { width, height } = await sharp(bytes).metadata();
  return Math.max(width, height) <= mostSide;
}
