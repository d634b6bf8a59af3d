import bwipjs from 'bwip-js/node';

/** bwip-js draws the modules of square codes two units wide. */
const UNITS = 2;

function square(bcid: 'qrcode' | 'datamatrix', text: string, pixels: number): Promise<Buffer> {
  return bwipjs.toBuffer({
    bcid,
    text,
    scale: pixels / UNITS,
    paddingwidth: 4 * UNITS,
    paddingheight: 4 * UNITS,
    backgroundcolor: 'ffffff',
  });
}

/** A QR code as PNG, black on white with its quiet zone. `pixels` is the side of a module, an even number. */
export function qrCode(text: string, pixels = 4): Promise<Buffer> {
  return square('qrcode', text, pixels);
}

/** A Data Matrix as PNG. `pixels` is the side of a module, an even number. */
export function dataMatrix(text: string, pixels = 8): Promise<Buffer> {
  return square('datamatrix', text, pixels);
}

/** A Code 128 as PNG. `pixels` is the width of a narrow bar. */
export function code128(text: string, pixels = 3): Promise<Buffer> {
  return bwipjs.toBuffer({
    bcid: 'code128',
    text,
    scale: pixels,
    height: 10,
    paddingwidth: 10,
    paddingheight: 2,
    backgroundcolor: 'ffffff',
  });
}
