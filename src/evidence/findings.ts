import type { SeenSerial } from '../domain/reading.ts';
import { isSure } from '../domain/verdict.ts';
import type { Meaning } from './interpret.ts';

/** ReadingSchema's limit; a picture with more serials than this is a stock list. */
const MOST_SERIALS = 32;

/** Labels and television pages name one device in full, a list several. */
const LIST = 2;

/** Print read less surely than this is a glimpse. */
const GLIMPSE = 0.6;

/** What was found so far in one picture. */
export class Findings {
  readonly serials: SeenSerial[] = [];
  sadpString: string | undefined;
  shareQr = false;

  take(meaning: Meaning): void {
    if (meaning.kind === 'serial') {
      this.#add(meaning.serial);
      this.#nameBars();
    } else if (meaning.kind === 'sadp') this.sadpString ??= meaning.text;
    else if (meaning.kind === 'share') this.shareQr = true;
  }

  /**
   * A serial is listed once per way of reading. Text that was read twice is believed as much as its better reading only
   * while both agree: see the rivals in the verdict.
   */
  #add(serial: SeenSerial): void {
    const known = this.serials.findIndex((s) => s.short === serial.short && s.by === serial.by);
    const before = this.serials[known];
    if (!before) {
      if (this.serials.length < MOST_SERIALS) this.serials.push(serial);
    } else if (rank(serial) > rank(before)) {
      this.serials[known] = serial;
    }
  }

  /** Bars alone may be a material number. Print that says the same beside a mark tells what they are, blurred or not. */
  #nameBars(): void {
    const named = new Set(
      this.serials
        .filter(({ by, anchored, confidence }) => by === 'ocr' && anchored && confidence >= GLIMPSE)
        .map(({ short }) => short),
    );
    for (const [at, seen] of this.serials.entries()) {
      if (seen.by !== 'ocr' && named.has(seen.short))
        this.serials[at] = { ...seen, anchored: true };
    }
  }

  /** Several full serials in print: a list of devices. */
  get sadpList(): boolean {
    return (
      this.serials.filter((serial) => serial.by === 'ocr' && serial.full !== undefined).length >=
      LIST
    );
  }

  get empty(): boolean {
    return this.serials.length === 0 && this.sadpString === undefined && !this.shareQr;
  }

  /** Nothing, or nothing but glimpses of print. */
  get vague(): boolean {
    const secrets = this.sadpString !== undefined || this.shareQr;
    return !secrets && this.serials.every((one) => one.by === 'ocr' && one.confidence < GLIMPSE);
  }

  /**
   * Whether more would change nothing. Another serial does not end the search for a claimed one: labels and box labels
   * carry several numbers. A SADP screen or a share QR stands alone.
   */
  satisfies(claim: string | null): boolean {
    if (this.shareQr || this.sadpString !== undefined) return true;
    const sure = this.serials.filter(isSure);
    return claim === null ? sure.length > 0 : sure.some((serial) => serial.short === claim);
  }
}

function rank(serial: SeenSerial): number {
  return (serial.anchored ? 1 : 0) + serial.confidence;
}
