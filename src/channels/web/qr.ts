import type { LinkCodeAnswer } from './wire.ts';

type Qr = LinkCodeAnswer['targets'][number]['qr'];

/**
 * A text as a QR code (level M): the dark modules, a row at a time, as a path of SVG. The package
 * is loaded at the first one; most starts draw none.
 */
export async function drawQr(text: string): Promise<Qr> {
  const { QRCodeDecoderErrorCorrectionLevel, QRCodeEncoder } = await import('@zxing/library');
  const level = QRCodeDecoderErrorCorrectionLevel.M;
  const matrix = QRCodeEncoder.encode(text, level, new Map()).getMatrix();
  const size = matrix.getWidth();
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (matrix.get(x, y) !== 1) continue;
      const from = x;
      while (x + 1 < size && matrix.get(x + 1, y) === 1) x += 1;
      path += `M${from} ${y}h${x + 1 - from}v1h-${x + 1 - from}z`;
    }
  }
  return { size, path };
}
