import type { SeenSerial } from '../domain/reading.ts';
import type { Read } from './contract.ts';
import { decode } from './decode.ts';
import { interpret } from './interpret.ts';
import { measure, troubleOf } from './quality.ts';
import type { Reader } from './readers/reader.ts';
import { zxingPrepared } from './readers/zxing-prepared.ts';
import { zxingQuick } from './readers/zxing-quick.ts';

/** Cheapest first. */
const READERS: readonly Reader[] = [zxingQuick, zxingPrepared];

/** ReadingSchema's limit; a picture with more serials than this is a stock list. */
const MOST_SERIALS = 32;

/** What was found so far in one picture. */
class Findings {
  readonly serials: SeenSerial[] = [];
  sadpString: string | undefined;
  shareQr = false;

  add(serial: SeenSerial): void {
    const known = this.serials.findIndex((s) => s.short === serial.short && s.by === serial.by);
    if (known === -1) {
      if (this.serials.length < MOST_SERIALS) this.serials.push(serial);
    } else if (!this.serials[known]?.anchored && serial.anchored) {
      this.serials[known] = serial;
    }
  }

  get empty(): boolean {
    return this.serials.length === 0 && this.sadpString === undefined && !this.shareQr;
  }

  /**
   * Whether more would change nothing. Another serial does not end the search for a claimed one: labels and box labels
   * carry several numbers. A SADP screen or a share QR stands alone.
   */
  satisfies(claim: string | null): boolean {
    if (this.shareQr || this.sadpString !== undefined) return true;
    return claim === null
      ? this.serials.some((serial) => serial.anchored)
      : this.serials.some((serial) => serial.short === claim);
  }
}

/**
 * Reads one picture: decodes it, lets the readers search until the findings suffice, and measures it.
 *
 * @param bytes the file as it came, untrusted
 * @param claim short serial that the picture should show, if known
 * @param spent true once the time for this picture is used up
 */
export async function look(
  bytes: Uint8Array,
  claim: string | null,
  spent: () => boolean,
): Promise<Read> {
  const picture = await decode(bytes);
  if ('refused' in picture) return { reading: { outcome: 'refused', why: picture.refused } };
  const findings = new Findings();
  for (const reader of READERS) {
    await search(reader, picture.view, claim, spent, findings);
    // A bare number of nine digits may be a material number: worth a quick look for more, not a deep one.
    if (findings.satisfies(claim) || (claim === null && !findings.empty) || spent()) break;
  }
  const quality = await measure(picture);
  const { serials, shareQr, sadpString } = findings;
  return {
    reading: {
      outcome: 'read',
      serials,
      shareQr,
      quality,
      ...(findings.empty ? { trouble: troubleOf(quality) } : {}),
    },
    ...(sadpString === undefined ? {} : { sadpString }),
  };
}

async function search(
  reader: Reader,
  view: Parameters<Reader['find']>[0],
  claim: string | null,
  spent: () => boolean,
  findings: Findings,
): Promise<void> {
  for await (const code of reader.find(view, spent)) {
    const meaning = interpret(code);
    if (meaning.kind === 'serial') findings.add(meaning.serial);
    else if (meaning.kind === 'sadp') findings.sadpString ??= meaning.text;
    else if (meaning.kind === 'share') findings.shareQr = true;
    if (findings.satisfies(claim)) return;
  }
}
