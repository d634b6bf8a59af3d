import type { Folded } from '../normalise.ts';
import type { Scene } from '../scene.ts';

/** Something a person may say at every step. It never loses what is filled unless asked to. */
export interface Pattern {
  name: string;
  /** Whole messages that mean it, in both languages. */
  phrases: readonly string[];
  /** Slash commands, without the slash; understood even where free words are expected. */
  commands: readonly string[];
  /** For patterns with an object ("change the serial"): the value in a whole message, or null. */
  valueIn?(message: Folded): string | null;
  /** `value` comes from a button, a command or `valueIn`; '-' when there is none. */
  run(scene: Scene, value: string): void;
}
