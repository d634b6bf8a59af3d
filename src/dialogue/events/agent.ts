import type { EventOf } from '../event.ts';
import { formAtHand, waitingRepairs } from '../forms.ts';
import { greet } from '../greeting.ts';
import { repairChoices } from '../patterns/repair.ts';
import { acceptString } from '../sadp.ts';
import type { Scene } from '../scene.ts';
import { dropSecret, forgetStrings } from '../secrets.ts';
import { proposeSerials } from '../slots/serial.ts';

/** An agent took the conversation, wrote in it, or gave it back. Each change raises the epoch. */
export function onAgentActed(scene: Scene, event: EventOf<'agentActed'>): void {
  const { owner } = scene.conversation;
  const mine = owner.who === 'agent' && owner.agentId === event.agentId;
  if (event.act === 'takeOver') {
    if (!mine) takeOver(scene, event);
  } else if (!mine) return;
  else if (event.act === 'handBack') handBack(scene);
  else if (event.text) {
    scene.effects.push({
      kind: 'send',
      push: false,
      reply: { key: 'handoff.words', params: { words: event.text } },
      agent: { name: event.agentName, text: event.text },
    });
  }
}

function takeOver(scene: Scene, event: EventOf<'agentActed'>): void {
  const { owner } = scene.conversation;
  scene.push({ key: 'handoff.taken', params: { agent: event.agentName } });
  owner.who = 'agent';
  owner.agentId = event.agentId;
  owner.agentName = event.agentName;
  owner.epoch += 1;
}

/** The bot goes on where the form stands, and offers the repairs that came meanwhile. */
function handBack(scene: Scene): void {
  const { owner } = scene.conversation;
  owner.who = 'bot';
  owner.agentId = null;
  owner.agentName = null;
  owner.epoch += 1;
  scene.conversation.confirm = null;
  const repairs = waitingRepairs(scene).slice(0, 3);
  const idle = !scene.focus && scene.conversation.greeted;
  const choices = [
    ...repairChoices(scene, repairs),
    ...(idle
      ? [scene.action('start', 'choice.new', 'new'), scene.action('status', 'choice.status')]
      : []),
  ];
  scene.push({ key: 'handoff.back', ...(choices.length > 0 ? { choices } : {}) });
  greet(scene);
  takeUpSuggestions(scene);
  scene.asks = true;
}

/**
 * What came while the agent was there, so that nobody has to send it twice: the newest string is
 * taken, a serial is asked about.
 */
function takeUpSuggestions(scene: Scene): void {
  const { suggestions } = scene.conversation;
  scene.conversation.suggestions = [];
  const strings = suggestions.flatMap(({ string }) => (string ? [string] : []));
  const newest = strings.pop();
  for (const { ref } of strings) dropSecret(scene, ref);
  if (newest) {
    const form = formAtHand(scene, ['sadpString']);
    forgetStrings(scene, form);
    acceptString(scene, form, newest);
  }
  const seen = suggestions.filter(({ what }) => what === 'serial').map(({ detail }) => detail);
  if (seen.length === 0) return;
  const form = formAtHand(scene, ['serial']);
  if (scene.value(form, 'serial') || form.drafts.serial) return;
  const shorts = [...new Set(seen)];
  const candidates = shorts.map((short) => ({ short }));
  proposeSerials(scene, form, candidates, 'label');
}
