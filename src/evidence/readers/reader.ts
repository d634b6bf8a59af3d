import type { SeenSerial } from '../../domain/reading.ts';
import type { Point, View } from '../view.ts';

/** A text that a reader found, before anybody asks what it means. Secret until interpreted: it may hold a code. */
export interface Code {
  text: string;
  by: SeenSerial['by'];
  /** 0..1; a decoded code is 1. */
  confidence: number;
  /** For readers of plain text: it stands beside a mark that means "serial". Codes leave it out. */
  anchored?: boolean;
  /** Corners in fractions of the upright picture. */
  corners: readonly Point[];
}

/**
 * One way of finding texts in a picture. A reader yields what it finds as it finds it, and is not asked for more once
 * the search is satisfied; it checks `spent` between attempts and returns when it is true. It never throws for want of
 * a code. Further readers (OCR, another barcode engine) join the list in ../look.ts.
 */
export interface Reader {
  name: string;
  /**
   * @param view the whole upright picture
   * @param spent true once the time for this picture is used up
   */
  find(view: View, spent: () => boolean): AsyncGenerator<Code>;
}
