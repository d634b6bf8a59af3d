import { parseLabelQr } from '../domain/label.ts';
import type { SeenSerial } from '../domain/reading.ts';
import { recogniseSadp } from '../domain/sadp-string.ts';
import { parseSerial } from '../domain/serial.ts';
import type { Code } from './readers/reader.ts';
import { boundsOf } from './readers/zxing.ts';
import { placeOf } from './view.ts';

/** What a found text means. Nothing else of the text goes on: a label's verification code ends here. */
export type Meaning =
  | { kind: 'serial'; serial: SeenSerial }
  /** Secret: a complete SADP string. */
  | { kind: 'sadp'; text: string }
  /** A Hik-Connect share QR: it carries passwords. */
  | { kind: 'share' }
  | { kind: 'nothing' };

/** Asks what a code in a picture says. Bars carry one number and no names: there, only a bare serial counts. */
export function interpret(code: Code): Meaning {
  if (code.serial) return seen(code, code.serial, code.serial.anchored);
  if (code.by !== 'code128') {
    const label = parseLabelQr(code.text);
    if (label.kind === 'share') return { kind: 'share' };
    if (label.kind === 'label') {
      return seen(code, { ...label.serial, model: label.model ?? label.serial.model }, true);
    }
    const sadp = recogniseSadp(code.text);
    if (sadp.kind === 'share') return { kind: 'share' };
    if (sadp.kind === 'complete') return { kind: 'sadp', text: sadp.text };
  }
  return bareSerial(code);
}

/**
 * A code whose whole text is a serial. Material numbers have nine digits too and stand on the same labels, so digits
 * alone are not anchored; a serial that begins with a letter, or a full one, cannot be a material number.
 */
function bareSerial(code: Code): Meaning {
  const parsed = parseSerial(code.text);
  const whole = code.text.trim().toUpperCase();
  // A person's O may be meant as a zero; a decoded one is an O.
  const readings =
    parsed.kind === 'serial'
      ? [parsed.serial]
      : parsed.kind === 'ambiguous'
        ? parsed.candidates
        : [];
  const serial = readings.find((one) => whole === (one.full ?? one.short).toUpperCase());
  if (!serial) return { kind: 'nothing' };
  return seen(code, serial, serial.full !== undefined || /^[A-Z]/.test(serial.short));
}

function seen(
  code: Code,
  serial: { short: string; full?: string | undefined; model?: string | undefined },
  anchored: boolean,
): Meaning {
  const bounds = boundsOf(code.corners.length > 0 ? code.corners : [{ x: 0, y: 0 }]);
  return {
    kind: 'serial',
    serial: {
      short: serial.short,
      ...(serial.full === undefined ? {} : { full: serial.full }),
      ...(serial.model === undefined ? {} : { model: serial.model }),
      by: code.by,
      confidence: code.confidence,
      anchored,
      place: placeOf(bounds),
    },
  };
}
