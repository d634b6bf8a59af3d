import { joinPieces, parseSadpFileName, type SadpRecognition } from '../domain/sadp-string.ts';
import type { Form, SlotValue } from './conversation.ts';
import type { Scene } from './scene.ts';
import { dropSecret, forgetStrings, keepSecret } from './secrets.ts';
import { proposeSerials } from './slots/serial.ts';
import { suggestString } from './suggestions.ts';

type Complete = Extract<SadpRecognition, { kind: 'complete' }>;
type SadpValue = SlotValue<'sadpString'>;

const MAX_PIECES = 12;

/** Takes a whole string, however it came. Returns its reference, for the transcript. */
export function takeString(
  scene: Scene,
  form: Form,
  string: Complete,
  from: { source: SadpValue['source']; fileName?: string },
): string {
  // Under an agent the slot keeps what it holds; only the pieces that make up this string go.
  if (scene.agentOwns) forgetPieces(scene, form);
  else forgetStrings(scene, form);
  const ref = keepSecret(scene, form, string.text);
  const named = from.fileName ? parseSadpFileName(from.fileName) : null;
  const value: SadpValue = {
    ref,
    format: string.format,
    source: from.source,
    exportedAt: named?.exportedAt ?? null,
    fileSerial: named?.serial?.short ?? null,
    receivedAt: scene.event.at,
  };
  if (scene.agentOwns) {
    suggestString(scene, value);
    return ref;
  }
  // A pasted string may go on in the next message, so its text stays at hand while the form is open.
  if (from.source === 'text') scene.conversation.heldSecrets.push(ref);
  acceptString(scene, form, value);
  if (named?.serial && !scene.value(form, 'serial') && !form.drafts.serial) {
    proposeSerials(scene, form, [named.serial], 'typed');
  }
  return ref;
}

/** A string in a photo whose time for reading was up: taken if none has come since. */
export function takeLateString(scene: Scene, form: Form, string: Complete): void {
  if (form.phase !== 'open' || scene.value(form, 'sadpString') || form.drafts.misnamed) return;
  takeString(scene, form, string, { source: 'photo' });
}

/** Takes a string that was kept already (read from a photo, or while an agent was there). */
export function acceptString(scene: Scene, form: Form, value: SadpValue): void {
  const claimed = scene.value(form, 'serial')?.serial.short;
  scene.asks = true;
  if (claimed && value.fileSerial && value.fileSerial !== claimed) {
    form.drafts.misnamed = value;
    scene.empty(form, 'sadpString');
    return;
  }
  fillString(scene, form, value);
}

export function fillString(scene: Scene, form: Form, value: SadpValue): void {
  form.drafts.misnamed = null;
  scene.fill(form, 'sadpString', value);
  scene.say(value.format === 'unknown' ? 'sadpString.takenUnknown' : 'sadpString.taken');
  if (isStale(scene, value, scene.event.at)) {
    scene.say('sadpString.stale', {
      exportedAt: value.exportedAt ?? value.receivedAt,
      hours: scene.context.settings.sadpStaleHours,
    });
  }
}

/** Whether the string will be older than the office book's limit at that time. */
export function isStale(scene: Scene, value: SadpValue, at: number): boolean {
  const since = value.exportedAt ?? value.receivedAt;
  return at - since > scene.context.settings.sadpStaleHours * 3_600_000;
}

function forgetPieces(scene: Scene, form: Form): void {
  for (const ref of form.drafts.pieces) dropSecret(scene, ref);
  form.drafts.pieces = [];
}

/** Takes a part of a string, joins what is there, and asks for the rest. */
export function takePiece(scene: Scene, form: Form, piece: string): string {
  const filled = scene.value(form, 'sadpString');
  const before = form.drafts.pieces.length
    ? form.drafts.pieces
    : filled?.source === 'text' && !scene.agentOwns
      ? [filled.ref]
      : [];
  const texts = before.map((ref) => scene.context.secrets.get(ref) ?? '');
  const joined = joinPieces([...texts, piece]);
  if (joined.kind === 'complete') return takeString(scene, form, joined, { source: 'text' });
  const ref = keepSecret(scene, form, piece);
  if (before.length >= MAX_PIECES) {
    forgetPieces(scene, form);
    dropSecret(scene, ref);
    scene.refuse(form, 'sadpString', 'sadpString.tooManyPieces');
    return ref;
  }
  scene.conversation.heldSecrets.push(ref);
  form.drafts.pieces = [...before, ref];
  if (scene.agentOwns) return ref;
  if (filled) scene.empty(form, 'sadpString');
  else scene.renew(form, 'sadpString');
  scene.asks = true;
  return ref;
}
