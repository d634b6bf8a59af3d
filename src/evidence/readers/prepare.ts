import { Jimp } from 'jimp';
import sharp from 'sharp';
import { type Grey, scaled, type View } from '../view.ts';

/** What jimp does to a bitmap before another attempt. */
export type Preparation =
  | 'asIs'
  | 'contrast'
  | 'normalise'
  | 'double'
  | 'half'
  | 'invert'
  | 'tiltLeft'
  | 'tiltRight';

/** Degrees. Bars of a label held by hand lean less than this; twice this is met by the other quarter turn's tilt. */
const TILT = 20;

/** Prepares a view for another attempt. jimp is given pixels, never a file: its decoders have no pixel limit. */
export function prepare(view: View, preparation: Preparation): View {
  const { width, height } = view.grey;
  switch (preparation) {
    case 'asIs':
      return view;
    case 'contrast':
      return { ...view, grey: toGrey(toJimp(view.grey).contrast(0.4)) };
    case 'normalise':
      return { ...view, grey: toGrey(toJimp(view.grey).normalize()) };
    case 'invert':
      return { ...view, grey: toGrey(toJimp(view.grey).invert()) };
    case 'double':
      return resized(view, width * 2, height * 2);
    case 'half':
      return resized(view, Math.max(1, width >> 1), Math.max(1, height >> 1));
    case 'tiltLeft':
      return tilted(view, TILT);
    case 'tiltRight':
      return tilted(view, -TILT);
  }
}

/** Edges raised: for focus that is a little off. */
export async function sharpened(view: View): Promise<View> {
  const { data, width, height } = view.grey;
  const pixels = await sharp(data, { raw: { width, height, channels: 1 } })
    .sharpen({ sigma: 2, m1: 3, m2: 3 })
    .greyscale()
    .raw({ depth: 'uchar' })
    .toBuffer();
  const grey = {
    data: new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length),
    width,
    height,
  };
  return { ...view, grey };
}

function resized(view: View, w: number, h: number): View {
  return scaled(view, toGrey(toJimp(view.grey).resize({ w, h })));
}

/** jimp turns counter-clockwise for positive degrees, about the centre, and enlarges the canvas. */
function tilted(view: View, degrees: number): View {
  const image = toJimp(view.grey);
  image.background = 0xffffffff;
  const grey = toGrey(image.rotate(degrees));
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    grey,
    toPicture: (x, y) => {
      const dx = x - grey.width / 2;
      const dy = y - grey.height / 2;
      return view.toPicture(
        view.grey.width / 2 + dx * cos - dy * sin,
        view.grey.height / 2 + dx * sin + dy * cos,
      );
    },
  };
}

type Image = ReturnType<typeof toJimp>;

function toJimp({ data, width, height }: Grey) {
  const rgba = Buffer.alloc(data.length * 4, 255);
  for (let i = 0, o = 0; i < data.length; i++, o += 4) {
    const value = data[i] ?? 0;
    rgba[o] = value;
    rgba[o + 1] = value;
    rgba[o + 2] = value;
  }
  return Jimp.fromBitmap({ data: rgba, width, height });
}

function toGrey({ bitmap }: Image): Grey {
  const data = new Uint8ClampedArray(bitmap.width * bitmap.height);
  for (let i = 0, o = 0; i < data.length; i++, o += 4) data[i] = bitmap.data[o] ?? 0;
  return { data, width: bitmap.width, height: bitmap.height };
}
