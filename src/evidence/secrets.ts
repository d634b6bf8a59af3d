import { fieldsOf, packedIn } from '../domain/label-lines.ts';
import type { Clock } from './clock.ts';
import type { Place, RefusedPicture } from './contract.ts';
import { decode } from './decode.ts';
import type { Box, Grey } from './grey.ts';
import { interpret } from './interpret.ts';
import { cornersOf } from './ocr/boxes.ts';
import { findLines } from './ocr/detect.ts';
import { leftOf } from './ocr/layout.ts';
import { Lines, laidUpright, type TextLine } from './ocr/lines.ts';
import { loadModels, type Models } from './ocr/models.ts';
import { inverted, isLightOnDark } from './ocr/polarity.ts';
import { OCR, SIDES } from './plan.ts';
import { qrEqualised } from './readers/qr-equalised.ts';
import type { Code } from './readers/reader.ts';
import { boundsOf } from './readers/zxing.ts';
import { decodeCpp } from './readers/zxing-cpp.ts';
import { zxingQuick } from './readers/zxing-quick.ts';
import { placeOf, shrink, type View } from './view.ts';

/** Print that names a verification code; what follows it is one. */
const NAMES_CODE = /VERIF|V\.? ?CODE|(?<![A-Z])CODE ?[:.]|XAC ?(?:MINH|THUC|NHAN)|KIEM TRA/;
/** Six capitals alone are a code by default; these words of labels have six letters too. */
const DEFAULT_CODE = /^[^A-Z0-9]*[A-Z]{6}[^A-Z0-9]*$/;
const WORDS = /CAMERA|DEVICE|STATUS|ACTIVE|SERIAL|EXPORT|IMPORT|SYSTEM|NUMBER/;

/**
 * Places of a picture that may give away a secret: see PictureDrawer.mask. The secrets themselves end here.
 *
 * @param bytes the file as it came, untrusted
 * @param clock the time for this picture
 */
export async function secretPlaces(
  bytes: Uint8Array,
  clock: Clock,
): Promise<{ secret: Place[] } | { refused: RefusedPicture }> {
  const picture = await decode(bytes);
  if ('refused' in picture) return picture;
  const { view } = picture;
  const squares = await squareCodes(view, clock);
  const codes = squares.flatMap(
    ({ text }) => fieldsOf(packedIn(text)?.content ?? text)?.code ?? [],
  );
  const print = await secretPrint(view, codes, clock);
  return { secret: [...squares.filter(saysMore).map(placeOfCode), ...print] };
}

/** QR and Data Matrix codes, those included that are seen but fail their checksum: another reader may succeed. */
async function squareCodes(view: View, clock: Clock): Promise<Code[]> {
  const found: Code[] = [];
  // As it is, and at the size at which photos are read: a code may show itself in one of them only.
  for (const seen of new Set([view, await shrink(view, SIDES.codes)])) {
    found.push(
      ...(await decodeCpp(seen, { formats: ['QRCode', 'DataMatrix'], returnErrors: true })),
    );
  }
  for await (const code of zxingQuick.find({ view, claim: null, ...clock })) {
    if (code.by !== 'code128') found.push(code);
  }
  for await (const code of qrEqualised.find({ view, claim: null, ...clock })) found.push(code);
  return found;
}

/** A code that is nothing but a serial gives nothing away. */
function saysMore(code: Code): boolean {
  const meaning = interpret(code);
  if (meaning.kind !== 'serial') return true;
  const { short, full } = meaning.serial;
  return code.text.trim().toUpperCase() !== (full ?? short);
}

function placeOfCode(code: Code): Place {
  return placeOf(boundsOf(code.corners));
}

async function secretPrint(view: View, codes: readonly string[], clock: Clock): Promise<Place[]> {
  const models = await loadModels().catch(() => null);
  if (!models) return [];
  const { grey } = view;
  const boxes = await findLines(models, grey, OCR.side);
  const secret = await secretLines(models, grey, boxes, codes, clock);
  if (isLightOnDark(grey, boxes)) {
    const turned = inverted(grey);
    const more = await findLines(models, turned, OCR.side);
    secret.push(...(await secretLines(models, turned, more, codes, clock)));
  }
  return secret.map((line) => placeOfLine(view, line));
}

async function secretLines(
  models: Models,
  grey: Grey,
  boxes: readonly Box[],
  codes: readonly string[],
  clock: Clock,
): Promise<TextLine[]> {
  const upright = await laidUpright(models, grey, boxes);
  const lines = await new Lines(models, grey, upright, clock.spent).all();
  const legible = lines.map((line) => line.box);
  return lines.filter(({ plain, box }) => {
    if (NAMES_CODE.test(plain) || codes.some((code) => plain.includes(code.toUpperCase())))
      return true;
    if (DEFAULT_CODE.test(plain) && !WORDS.test(plain)) return true;
    const [next] = leftOf(box, legible);
    const left = lines.find((line) => line.box === next);
    return left !== undefined && NAMES_CODE.test(left.plain);
  });
}

function placeOfLine(view: View, { box }: TextLine): Place {
  return placeOf(boundsOf(cornersOf(box).map(({ x, y }) => view.toPicture(x, y))));
}
