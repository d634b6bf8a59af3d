import { recogniseSadp } from '../../domain/sadp-string.ts';
import type { Form } from '../conversation.ts';
import { formAtHand } from '../forms.ts';
import { greet } from '../greeting.ts';
import { takePiece, takeString } from '../sadp.ts';
import type { Scene } from '../scene.ts';

/** How long after a pasted string its possible rest is still waited for. */
const REST_MS = 120_000;

/**
 * Takes an SADP string, a part of one, or a share code, whatever is being asked. None of them ever
 * reaches the transcript. False when the text is something else, or words around a stray part.
 */
export function hearSecret(scene: Scene, text: string): boolean {
  const found = recogniseSadp(text);
  if (found.kind === 'none') return false;
  if (found.kind === 'share') {
    greet(scene);
    scene.heard = { said: { key: 'heard.share' } };
    scene.say('sadpString.share');
    scene.asks = true;
    return true;
  }
  const form = scene.focus;
  if (found.kind === 'piece' && !(form && expectsPiece(scene, form))) {
    // Among words only the code is masked, and the words are answered.
    if (/\s\S+\s/.test(text)) return false;
    greet(scene);
    scene.heard = { said: { key: 'heard.piece' } };
    scene.say('sadpString.strayPiece');
    scene.asks = true;
    return true;
  }
  greet(scene);
  const home = formAtHand(scene, ['sadpString']);
  const ref =
    found.kind === 'complete'
      ? takeString(scene, home, found, { source: 'text' })
      : takePiece(scene, home, found.text);
  scene.heard = { said: { key: 'heard.sadpString' }, secretRef: ref };
  return true;
}

/** Whether a fragment of base64 can only be a part of an SADP string here. */
function expectsPiece(scene: Scene, form: Form): boolean {
  const held = scene.value(form, 'sadpString');
  return (
    scene.asked(form) === 'sadpString' ||
    form.drafts.pieces.length > 0 ||
    (held?.source === 'text' && scene.event.at - held.receivedAt < REST_MS)
  );
}
