import type { Grey } from '../grey.ts';
import { QR } from '../plan.ts';
import type { Soft } from './codewords.ts';
import { type Fit, refitted } from './fit.ts';
import { factor, solve } from './linear.ts';
import type { Frame } from './matrix.ts';
import { MARGIN, PER, type Sheet, sheetOf } from './sheet.ts';

/**
 * Tells dark modules from light ones where blur has run them together. How the camera mixed neighbours is learned from
 * the code itself, as a modem learns its line: a linear filter is fitted so that the modules around come out as what
 * they are - first those that are the same in every code, and what the others surely seem to be; then what it gave
 * itself, with the neighbours it decided on taken into account.
 *
 * Yields how dark each module is, and wants to be told what is known by then: blocks of the code that could be mended
 * teach the filter, and where the lattice lies, for another round.
 */
export function* equalise(grey: Grey, found: Fit): Generator<Soft, void, Int8Array> {
  const { frame } = found;
  let fit = found;
  let inputs = windows(sheetOf(grey, fit.lattice, frame.size), frame.size);
  let soft = ownGrey(inputs, frame.size);
  let taught = frame;
  for (let round = 0; round < QR.rounds; round++) soft = learned(inputs, soft, frame);
  for (;;) {
    for (let round = 0; round < QR.feedbackRounds; round++) {
      soft = learned(withNeighbours(inputs, soft, taught), soft, taught, true);
    }
    taught = { ...frame, known: yield soft };
    soft = soft.map((value, at) => taught.known[at] || value);
    fit = refitted(fit, soft);
    inputs = windows(sheetOf(grey, fit.lattice, frame.size), frame.size);
  }
}

/** One round: the filter that gives best what the modules are taken for, applied to all of them. */
function learned(inputs: Float32Array, soft: Soft, { known }: Frame, all = false): Soft {
  const columns = inputs.length / soft.length;
  const gram = new Float64Array(columns * columns);
  const moment = new Float64Array(columns);
  const step = Math.max(1, soft.length / QR.lessons);
  let lesson = 0;
  for (let row = 0; row < soft.length; row++) {
    const sure = known[row] ? QR.trust : all ? 1 : Math.min(1, Math.abs(soft[row] ?? 0));
    if (known[row] === 0) {
      if (row < lesson) continue;
      lesson += step;
      if (sure < QR.leastSure) continue;
    }
    const target = known[row] || ((soft[row] ?? 0) > 0 ? 1 : -1);
    const from = row * columns;
    const weight = sure * sure;
    for (let i = 0; i < columns; i++) {
      const value = (inputs[from + i] ?? 0) * weight;
      moment[i] = (moment[i] ?? 0) + value * target;
      const to = i * columns;
      for (let j = 0; j <= i; j++) {
        gram[to + j] = (gram[to + j] ?? 0) + value * (inputs[from + j] ?? 0);
      }
    }
  }
  for (let i = 0; i < columns; i++) {
    const at = i * columns + i;
    gram[at] = (gram[at] ?? 0) + QR.ridge * Math.min(soft.length, QR.lessons);
  }
  return applied(inputs, columns, solve(factor(gram, columns), moment, columns));
}

/** For each module, the samples in and around it, and a one. */
function windows({ grey, side }: Sheet, size: number): Float32Array {
  const reach = Math.round(QR.reach * PER);
  const across = PER + 2 * reach;
  const columns = across * across + 1;
  const out = new Float32Array(size * size * columns);
  let to = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let from = ((y + MARGIN) * PER - reach) * side + (x + MARGIN) * PER - reach;
      for (let j = 0; j < across; j++, from += side) {
        for (let i = 0; i < across; i++) out[to++] = grey[from + i] ?? 0;
      }
      out[to++] = 1;
    }
  }
  return out;
}

/** What the samples in the module itself say. */
function ownGrey(inputs: Float32Array, size: number): Soft {
  const reach = Math.round(QR.reach * PER);
  const across = PER + 2 * reach;
  const columns = across * across + 1;
  return new Float32Array(size * size).map((_, row) => {
    let sum = 0;
    for (let j = reach; j < reach + PER; j++) {
      for (let i = reach; i < reach + PER; i++) sum += inputs[row * columns + j * across + i] ?? 0;
    }
    return -sum / (PER * PER);
  });
}

function applied(inputs: Float32Array, columns: number, weights: Float64Array): Soft {
  const soft = new Float32Array(inputs.length / columns);
  for (let row = 0; row < soft.length; row++) {
    let sum = 0;
    for (let i = 0; i < columns; i++) sum += (weights[i] ?? 0) * (inputs[row * columns + i] ?? 0);
    soft[row] = sum;
  }
  return soft;
}

/** The inputs, and beside them what the modules around were taken for. Around the code it is light. */
function withNeighbours(inputs: Float32Array, soft: Soft, { size, known }: Frame): Float32Array {
  const columns = inputs.length / soft.length;
  const reach = QR.feedback;
  const width = columns + (2 * reach + 1) ** 2 - 1;
  const out = new Float32Array(soft.length * width);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const row = y * size + x;
      let to = row * width;
      out.set(inputs.subarray(row * columns, (row + 1) * columns), to);
      to += columns;
      for (let dy = -reach; dy <= reach; dy++) {
        for (let dx = -reach; dx <= reach; dx++) {
          if (dx === 0 && dy === 0) continue;
          const [nx, ny] = [x + dx, y + dy];
          const outside = nx < 0 || ny < 0 || nx >= size || ny >= size;
          const at = ny * size + nx;
          out[to++] = outside ? -1 : known[at] || Math.max(-1, Math.min(1, soft[at] ?? 0));
        }
      }
    }
  }
  return out;
}
