import type { Form, SlotName } from './conversation.ts';
import type { Application } from './effect.ts';
import { isVerification, moveFocus } from './forms.ts';
import type { Scene } from './scene.ts';

/** Slots of the verification that a refusal may open again. */
const REOPENABLE: readonly string[] = ['company', 'taxCode', 'licence', 'phone'];

function applicationOf(scene: Scene, form: Form): Application {
  const company = scene.value(form, 'company');
  const taxCode = scene.value(form, 'taxCode');
  const licence = scene.value(form, 'licence');
  const phone = scene.value(form, 'phone');
  if (!company || !taxCode || !licence || !phone) {
    throw new Error('A verification without an open question must be complete.');
  }
  return {
    applicationId: `${scene.conversation.id}-${form.id}-${scene.revision(form, 'review')}`,
    company: company.name,
    taxCode: taxCode.code,
    phone: phone.number,
    blobIds: licence.blobIds,
    submittedAt: scene.event.at,
  };
}

/**
 * Hands a complete verification to the office. Its form stays, so that a refusal opens just what
 * was wrong; it goes when the account is verified.
 */
export function apply(scene: Scene, form: Form): void {
  scene.effects.push({ kind: 'apply', application: applicationOf(scene, form) });
  form.phase = 'submitting';
  if (scene.conversation.focus === form.id) moveFocus(scene);
  const waits = scene.conversation.forms.findLast(
    (other) => other.phase === 'open' && scene.asked(other) === 'verified',
  );
  if (waits) scene.conversation.focus = waits.id;
  scene.say('verify.sent');
  scene.asks = true;
}

/** The verification of this chat, whether it is being filled or was handed in; null when there is none. */
export function verificationForm(scene: Scene): Form | null {
  return scene.conversation.forms.find(isVerification) ?? null;
}

/** Whether the office has the account's application, from this chat or another one. */
export function isApplied(scene: Scene): boolean {
  const form = verificationForm(scene);
  return form ? form.phase === 'submitting' : scene.context.account.applied;
}

/** Opens an application that was refused. Null: this chat has none with the office. */
export function reopenApplication(scene: Scene, reopen: readonly string[]): Form | null {
  const form = verificationForm(scene);
  if (form?.phase !== 'submitting') return null;
  form.phase = 'open';
  scene.renew(form, 'review');
  for (const name of reopen) {
    if (REOPENABLE.includes(name)) scene.empty(form, name as SlotName);
  }
  return form;
}
