import type { Verdict } from '../domain/verdict.ts';
import type { PictureName } from './reply.ts';

/** The drawing that shows how to do better; a file that cannot be opened needs none. */
const DRAWINGS: Readonly<Record<string, PictureName>> = {
  blurred: 'photo-better',
  dark: 'photo-better',
  small: 'photo-better',
  bright: 'photo-glare',
  glare: 'photo-glare',
  cropped: 'photo-cropped',
  noCode: 'label-where',
  deviceList: 'label-where',
};

/** The word for what is wrong with a picture that cannot be read: what spoils it says more than its trouble. */
export function wrongWith({ why, fault }: Extract<Verdict, { kind: 'unreadable' }>): string {
  return fault ?? why;
}

export function drawingFor(wrong: string): { pictures?: PictureName[] } {
  const name = DRAWINGS[wrong];
  return name ? { pictures: [name] } : {};
}
