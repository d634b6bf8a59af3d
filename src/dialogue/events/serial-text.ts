import { isFullSerial, namesSerial, parseSerial, type Serial } from '../../domain/serial.ts';
import type { Form } from '../conversation.ts';
import { caseAtHand, openForm, waitingRepairs } from '../forms.ts';
import { sayLocked } from '../handoff.ts';
import type { Scene } from '../scene.ts';
import { fillSerial } from '../slots/fill-serial.ts';
import { eachOf, proposeSerials } from '../slots/serial.ts';

/**
 * Takes a serial that cannot be anything else, whatever is being asked: one that begins with a
 * letter, a full one, or a number that is called a serial. Nine bare digits may be a telephone.
 */
export function hearSerial(scene: Scene, text: string): boolean {
  const parsed = parseSerial(text);
  if (parsed.kind === 'none' || parsed.kind === 'malformed') return false;
  const seen =
    parsed.kind === 'serial'
      ? [parsed.serial]
      : parsed.kind === 'several'
        ? parsed.serials
        : parsed.candidates;
  if (!seen.some(isPlain) && !namesSerial(text)) return false;
  const form = homeOf(scene, seen);
  const known = scene.value(form, 'serial')?.serial.short;
  if (known && scene.isLocked(form, 'serial') && seen.some(({ short }) => short !== known)) {
    sayLocked(scene, 'serial');
    scene.asks = true;
    return true;
  }
  const others = seen.filter(({ short }) => short !== known);
  if (known && others.length < seen.length) {
    scene.say('serial.same', { serial: known });
    scene.asks = true;
  } else if (!known && parsed.kind === 'serial' && !parsed.corrected) {
    fillSerial(scene, form, parsed.serial, 'typed');
  } else {
    proposeSerials(scene, form, others, 'typed', eachOf(parsed));
  }
  return true;
}

function isPlain(serial: Serial): boolean {
  return isFullSerial(serial.full ?? '') || /^[A-Z]/.test(serial.short);
}

/** The case at hand; else the repair that this device waits for; else a new one. */
function homeOf(scene: Scene, seen: readonly Serial[]): Form {
  const atHand = caseAtHand(scene);
  if (atHand) return atHand;
  const repair = waitingRepairs(scene).find((form) =>
    seen.some(({ short }) => short === scene.value(form, 'serial')?.serial.short),
  );
  if (!repair) return openForm(scene);
  scene.conversation.focus = repair.id;
  return repair;
}
