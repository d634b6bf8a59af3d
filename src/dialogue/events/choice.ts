import { SLOT_NAMES, type SlotName } from '../conversation.ts';
import type { EventOf } from '../event.ts';
import { isVerification } from '../forms.ts';
import { greet, sayIdle } from '../greeting.ts';
import { sayLocked } from '../handoff.ts';
import { backToBot } from '../patterns/back-to-bot.ts';
import { cancelNow } from '../patterns/cancel.ts';
import { patterns } from '../patterns/index.ts';
import { resume } from '../patterns/repair.ts';
import { restartNow } from '../patterns/restart.ts';
import type { Scene } from '../scene.ts';
import { readToken, type Token } from '../token.ts';

/** A person pressed a button. */
export function hearChoice(scene: Scene, event: EventOf<'choice'>): void {
  const pressed = scene.conversation.buttons.find((choice) => choice.token === event.token);
  scene.heard = {
    said: {
      key: pressed?.key ?? 'heard.button',
      ...(pressed?.params ? { params: pressed.params } : {}),
    },
  };
  if (scene.agentOwns && readToken(event.token)?.of !== backToBot.name) return;
  greet(scene);
  press(scene, event.token);
}

/** Does what a button says, or explains that its time has passed. */
export function press(scene: Scene, pressed: string | Token): void {
  const token = typeof pressed === 'string' ? readToken(pressed) : pressed;
  scene.asks = true;
  if (!token) {
    sayStale(scene);
    return;
  }
  if (token.of === 'confirm') pressConfirm(scene, token);
  else if (token.of === 'repair' && token.form !== '-') pressRepair(scene, token);
  else if (isSlotName(token.of)) pressSlot(scene, token, token.of);
  else pressPattern(scene, token);
}

function sayStale(scene: Scene): void {
  if (scene.focus) scene.say('stale.here');
  else sayIdle(scene, 'stale.idle');
}

/** A pattern's button; one that names a form is about that form, if it is still open. */
function pressPattern(scene: Scene, token: Token): void {
  const pattern = patterns.find((candidate) => candidate.name === token.of);
  const form = scene.form(token.form);
  if (!pattern || (token.form !== '-' && form?.phase !== 'open')) {
    sayStale(scene);
    return;
  }
  if (form) scene.conversation.focus = form.id;
  scene.conversation.confirm = null;
  pattern.run(scene, token.value);
}

function pressConfirm(scene: Scene, token: Token): void {
  const open = scene.conversation.confirm;
  const current = open && open.form === token.form && open.revision === token.revision;
  if (!current || scene.focus?.id !== token.form) {
    sayStale(scene);
    return;
  }
  scene.conversation.confirm = null;
  if (token.value !== 'yes') scene.say('confirm.kept');
  else if (open.what === 'cancel') cancelNow(scene);
  else restartNow(scene);
}

/** [Fix now] of a refusal: only this moves the focus to the repair. */
function pressRepair(scene: Scene, token: Token): void {
  const form = scene.form(token.form);
  if (form?.phase !== 'open') {
    sayStale(scene);
    return;
  }
  scene.conversation.confirm = null;
  resume(scene, form);
}

function isSlotName(name: string): name is SlotName {
  return (SLOT_NAMES as readonly string[]).includes(name);
}

function pressSlot(scene: Scene, token: Token, name: SlotName): void {
  const form = scene.form(token.form);
  if (form?.phase === 'submitting') {
    scene.say(isVerification(form) ? 'verify.checking' : 'case.alreadySending');
    return;
  }
  if (!form || scene.revision(form, name) !== token.revision) {
    sayStale(scene);
    return;
  }
  scene.conversation.focus = form.id;
  scene.conversation.confirm = null;
  if (scene.isLocked(form, name)) {
    sayLocked(scene, name);
    return;
  }
  if (!scene.slots[name].choose(scene, form, token.value)) sayStale(scene);
}
