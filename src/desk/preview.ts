import sharp from 'sharp';

/** Longest side of a preview, in pixels. */
const SIDE = 640;
/** The reader keeps nothing larger; see `PhotoReader.tidy`. */
const MOST_PIXELS = 4096 * 4096;

/**
 * A small JPEG of a masked photo. Masked photos were decoded and written anew by the reader's own
 * process, so this never sees a file as it came.
 * @returns null when it cannot be decoded
 */
export async function previewOf(bytes: Uint8Array): Promise<Buffer | null> {
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'truncated' })
      .rotate()
      .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 74 })
      .timeout({ seconds: 10 })
      .toBuffer();
  } catch {
    return null;
  }
}
