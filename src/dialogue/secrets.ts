import type { Form } from './conversation.ts';
import type { Scene } from './scene.ts';

/** Keeps a secret text with the commit; the conversation knows only the reference. */
export function keepSecret(scene: Scene, form: Form, text: string): string {
  scene.conversation.counter += 1;
  const ref = `${scene.conversation.id}:${form.id}:s${scene.conversation.counter}`;
  scene.effects.push({ kind: 'keepSecret', ref, text });
  return ref;
}

/** Forgets a secret, unless a case that was sent holds it. */
export function dropSecret(scene: Scene, ref: string): void {
  if (!scene.context.cases.some((known) => known.draft.sadp?.ref === ref)) {
    scene.effects.push({ kind: 'dropSecret', ref });
  }
  const held = scene.conversation.heldSecrets;
  scene.conversation.heldSecrets = held.filter((other) => other !== ref);
}

/** Forgets every string and piece that a form holds. */
export function forgetStrings(scene: Scene, form: Form): void {
  const filled = scene.value(form, 'sadpString');
  const refs = [...form.drafts.pieces, form.drafts.misnamed?.ref, filled?.ref];
  for (const ref of refs) if (ref) dropSecret(scene, ref);
  form.drafts.pieces = [];
  form.drafts.misnamed = null;
}
