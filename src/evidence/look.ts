import type { Clock } from './clock.ts';
import type { Read } from './contract.ts';
import { decode } from './decode.ts';
import { Findings } from './findings.ts';
import { fingerprintOf } from './fingerprint.ts';
import { interpret } from './interpret.ts';
import { faultOf, measure, troubleOf } from './quality.ts';
import { ocr, ocrCloser } from './readers/ocr.ts';
import { qrEqualised } from './readers/qr-equalised.ts';
import type { Reader, Search } from './readers/reader.ts';
import { zxingCpp } from './readers/zxing-cpp.ts';
import { zxingCppDeep, zxingCppLabel } from './readers/zxing-cpp-deep.ts';
import { zxingPrepared } from './readers/zxing-prepared.ts';
import { zxingBars, zxingQuick, zxingTiles } from './readers/zxing-quick.ts';

/** Cheapest first; what each settles and costs stands in ./plan.ts. */
export const READERS: readonly Reader[] = [
  zxingQuick,
  zxingCpp,
  qrEqualised,
  ocr,
  ocrCloser,
  zxingCppLabel,
  zxingCppDeep,
  zxingBars,
  zxingTiles,
  zxingPrepared,
];

/**
 * Reads one picture: decodes it, lets the readers search until the findings suffice, and measures it.
 *
 * @param bytes the file as it came, untrusted
 * @param claim short serial that the picture should show, if known
 * @param clock the time for this picture
 * @param readers the order of reading, replaced in measurements only
 */
export async function look(
  bytes: Uint8Array,
  claim: string | null,
  clock: Clock,
  readers: readonly Reader[] = READERS,
): Promise<Read> {
  const picture = await decode(bytes);
  if ('refused' in picture) return { reading: { outcome: 'refused', why: picture.refused } };
  const findings = new Findings();
  const search: Search = { view: picture.view, claim, ...clock };
  for (const reader of readers) {
    await take(reader, search, findings);
    if (findings.satisfies(claim) || clock.spent()) break;
  }
  const quality = await measure(picture);
  const { serials, shareQr, sadpString, sadpList } = findings;
  const trouble = findings.vague ? troubleOf(quality) : undefined;
  // Glimpses in a sharp and bright picture are worth an agent's look; in a spoilt one, another photo is.
  const useless = findings.empty || (trouble !== undefined && trouble !== 'noCode');
  const fault = useless ? faultOf(picture.view, quality, search.print?.lines ?? []) : undefined;
  return {
    reading: {
      outcome: 'read',
      serials,
      shareQr,
      quality,
      fingerprint: await fingerprintOf(picture.view),
      ...(sadpList ? { sadpList } : {}),
      ...(useless && trouble ? { trouble } : {}),
      ...(fault ? { fault } : {}),
    },
    ...(sadpString === undefined ? {} : { sadpString }),
  };
}

async function take(reader: Reader, search: Search, findings: Findings): Promise<void> {
  for await (const code of reader.find(search)) {
    findings.take(interpret(code));
    // Print is read as a whole: a list offers all its devices.
    const whole = code.by === 'ocr' && search.claim === null;
    if (!whole && findings.satisfies(search.claim)) return;
  }
}
