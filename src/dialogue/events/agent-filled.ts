import { parseSerial } from '../../domain/serial.ts';
import type { Form } from '../conversation.ts';
import type { EventOf } from '../event.ts';
import type { Scene } from '../scene.ts';
import { dropSecret, forgetStrings } from '../secrets.ts';

/**
 * An agent changed a slot beside the conversation. What depends on it checks itself again, as with
 * the installer's own answers; the bot goes on from there after the hand-back.
 */
export function onAgentFilled(scene: Scene, event: EventOf<'agentFilled'>): void {
  const { owner } = scene.conversation;
  if (owner.who !== 'agent' || owner.agentId !== event.agentId) return;
  const form = scene.form(event.form);
  const { slot } = event;
  if (form?.phase !== 'open' || scene.revision(form, slot) !== event.revision) return;
  const others = form.locked.filter((name) => name !== slot);
  switch (event.act) {
    case 'lock':
      if (form.slots[slot]?.state === 'filled') form.locked = [...others, slot];
      return;
    case 'unlock':
      form.locked = others;
      return;
    case 'empty':
      form.locked = others;
      scene.empty(form, slot);
      return;
    case 'fill':
      fill(scene, form, event);
  }
}

function fill(scene: Scene, form: Form, { slot, value = '' }: EventOf<'agentFilled'>): void {
  switch (slot) {
    case 'network':
      if (value === 'lan' || value === 'other') scene.fill(form, slot, { network: value });
      return;
    case 'serial': {
      const parsed = parseSerial(value);
      if (parsed.kind !== 'serial') return;
      form.drafts.serial = null;
      form.drafts.proof = null;
      scene.fill(form, slot, { serial: parsed.serial, source: 'typed' });
      return;
    }
    case 'deviceReady':
      scene.fill(form, slot, {});
      return;
    case 'proof':
      acceptPhotos(scene, form);
      return;
    case 'sadpString':
      takeString(scene, form);
      return;
    case 'answer':
      if (value.trim() !== '') scene.fill(form, slot, { text: value.trim() });
  }
}

/** The photos are good enough for the agent who looked at them, whatever was read. */
function acceptPhotos(scene: Scene, form: Form): void {
  const ids = form.photos.filter(({ use }) => use === 'evidence').map(({ photoId }) => photoId);
  const [first, ...rest] = ids;
  if (!first) return;
  form.drafts.proof = null;
  scene.fill(form, 'proof', { verdict: 'unverified', why: 'byAgent', photoIds: [first, ...rest] });
}

/** The newest string that came while the agent was there. */
function takeString(scene: Scene, form: Form): void {
  const { suggestions } = scene.conversation;
  const strings = suggestions.flatMap(({ string }) => (string ? [string] : []));
  const newest = strings.pop();
  if (!newest) return;
  for (const { ref } of strings) dropSecret(scene, ref);
  scene.conversation.suggestions = suggestions.filter(({ string }) => !string);
  forgetStrings(scene, form);
  form.drafts.misnamed = null;
  scene.fill(form, 'sadpString', newest);
}
