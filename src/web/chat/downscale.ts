/** Longest side that is sent, in pixels: the finest print of a label stays readable. */
const LONGEST = 2560;
const QUALITY = 0.85;
/** A smaller file is sent as it is: nothing is gained, and a sharp screenshot stays sharp. */
const SMALL = 1024 * 1024;

/** Width and height within `longest`, never larger than they are. */
export function fitWithin(
  width: number,
  height: number,
  longest: number,
): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/**
 * A photo as it is sent: upright, no larger than need be. The original when it is small, when the
 * browser cannot decode it, or when encoding would not make it smaller.
 */
export async function downscale(file: File): Promise<File> {
  if (file.size <= SMALL) return file;
  try {
    // Decoding turns the picture as its EXIF says.
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    try {
      const blob = await encode(picture);
      if (blob === null || blob.size >= file.size) return file;
      const name = file.name.replace(/\.\w+$/, '');
      return new File([blob], `${name}.jpg`, { type: 'image/jpeg' });
    } finally {
      picture.close();
    }
  } catch {
    return file;
  }
}

async function encode(picture: ImageBitmap): Promise<Blob | null> {
  const { width, height } = fitWithin(picture.width, picture.height, LONGEST);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
}
