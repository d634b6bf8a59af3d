import type { SeenSerial } from '../../domain/reading.ts';
import type { Serial } from '../../domain/serial.ts';
import type { Clock } from '../clock.ts';
import type { Point } from '../grey.ts';
import type { Print } from '../ocr/first-look.ts';
import type { View } from '../view.ts';

/** A text that a reader found, before anybody asks what it means. Secret until interpreted: it may hold a code. */
export interface Code {
  text: string;
  by: SeenSerial['by'];
  /** 0..1; a decoded code is 1. */
  confidence: number;
  /** For readers of plain text: the serial that the text is, and whether it stands beside a mark that means "serial". */
  serial?: Serial & { anchored: boolean };
  /** Corners in fractions of the upright picture. */
  corners: readonly Point[];
}

/** The search of one picture within its time, handed from reader to reader. */
export interface Search extends Clock {
  /** The whole upright picture. */
  view: View;
  /** Short serial that the picture should show, if known. It may steer effort, never the reading of a character. */
  claim: string | null;
  /** Print in pixels of `view`, once a reader has looked for it: it tells how a label lies. */
  print?: Print;
}

/**
 * One way of finding texts in a picture. A reader yields what it finds as it finds it, and is not asked for more once
 * the search is satisfied; it checks `spent` between attempts and returns when it is true. It never throws for want of
 * a code. The order of readers stands in ../look.ts.
 */
export interface Reader {
  name: string;
  find(search: Search): AsyncGenerator<Code>;
}
