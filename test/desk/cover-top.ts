import sharp from 'sharp';
import type { Tidied } from '../../src/evidence/contract.ts';

/** Stands for the reader's mask: covers the upper half, and fails as the reader does where there is no picture. */
export async function coverTop(bytes: Uint8Array): Promise<Tidied> {
  try {
    const { width, height } = await sharp(bytes).metadata();
    const half = {
      width,
      height: Math.ceil(height / 2),
      channels: 3 as const,
      background: '#1f2937',
    };
    const masked = await sharp(bytes)
      .composite([{ input: { create: half }, left: 0, top: 0 }])
      .jpeg()
      .toBuffer();
    return { bytes: masked, mime: 'image/jpeg' };
  } catch {
    return { refused: 'damaged' };
  }
}
