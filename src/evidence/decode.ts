import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import type { RefusedPicture, Tidied } from './contract.ts';
import { INTAKE, SIDES } from './plan.ts';
import { type PictureFormat, sniff } from './sniff.ts';
import type { View } from './view.ts';

/**
 * The only place where untrusted bytes meet a decoder. Runs in the reading process alone. Every libvips loader is
 * blocked except three that read from memory: a renamed SVG, PDF or TIFF reaches no parser.
 */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.cache(false);
sharp.concurrency(1);

/** A decoded picture: grey, upright, inside SIDES.work. `width` and `height` are of the upright original. */
export interface Picture {
  view: View;
  width: number;
  height: number;
}

interface Opened {
  format: PictureFormat;
  pipeline: Sharp;
  width: number;
  height: number;
}

/** Checks the header against the caps; no pixel is decoded yet. */
async function open(bytes: Uint8Array): Promise<Opened | { refused: RefusedPicture }> {
  const format = sniff(bytes);
  if (typeof format === 'object') return format;
  const header = await sharp(bytes, { limitInputPixels: false, failOn: 'error', pages: 1 })
    .metadata()
    .catch(() => null);
  if (!header || header.format !== format) return { refused: 'damaged' };
  if (header.width * header.height > INTAKE.maxPixels) return { refused: 'tooManyPixels' };
  const pipeline = sharp(bytes, {
    limitInputPixels: INTAKE.maxPixels,
    failOn: 'error',
    pages: 1,
    sequentialRead: true,
  }).autoOrient();
  return { format, pipeline, width: header.autoOrient.width, height: header.autoOrient.height };
}

/**
 * Decodes a file to grey pixels under hard caps on bytes, pixels and formats. EXIF orientation is applied; see-through
 * parts become white.
 *
 * @param bytes the file as it came, untrusted
 */
export async function decode(bytes: Uint8Array): Promise<Picture | { refused: RefusedPicture }> {
  const opened = await open(bytes);
  if ('refused' in opened) return opened;
  try {
    const { data, info } = await opened.pipeline
      .flatten({ background: '#ffffff' })
      .resize(SIDES.work, SIDES.work, { fit: 'inside', withoutEnlargement: true })
      .greyscale()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
    return {
      width: opened.width,
      height: opened.height,
      view: {
        grey: { data: pixels, width: info.width, height: info.height },
        toPicture: (x, y) => ({ x: x / info.width, y: y / info.height }),
      },
    };
  } catch {
    return { refused: 'damaged' };
  }
}

/** What is laid over a picture before it is encoded: opaque rectangles, in its own pixels. */
export type Overlay = (width: number, height: number) => OverlayOptions[];

/**
 * Encodes a picture afresh, so that only its pixels are kept: no EXIF, no comments, no bytes behind the picture.
 *
 * @param bytes the file as it came, untrusted
 * @param overlay what is drawn over it
 */
export async function stripMetadata(
  bytes: Uint8Array,
  overlay: Overlay = () => [],
): Promise<Exclude<Tidied, { failed: true }>> {
  const opened = await open(bytes);
  if ('refused' in opened) return opened;
  const scale = Math.min(1, SIDES.kept / Math.max(opened.width, opened.height));
  const width = Math.max(1, Math.round(opened.width * scale));
  const height = Math.max(1, Math.round(opened.height * scale));
  const upright = opened.pipeline
    .resize(width, height, { fit: 'fill' })
    .composite(overlay(width, height));
  try {
    if (opened.format === 'png') {
      const png = await upright.clone().png().toBuffer();
      if (png.length <= INTAKE.maxBytes) return { bytes: png, mime: 'image/png' };
    }
    const jpeg = await upright.flatten({ background: '#ffffff' }).jpeg({ quality: 90 }).toBuffer();
    return { bytes: jpeg, mime: 'image/jpeg' };
  } catch {
    return { refused: 'damaged' };
  }
}
