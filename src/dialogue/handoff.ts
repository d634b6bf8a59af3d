import { promise } from '../domain/promise.ts';
import type { Conversation, SlotName } from './conversation.ts';
import { isFromPerson } from './event.ts';
import { formAtHand, waitingRepairs } from './forms.ts';
import { greet } from './greeting.ts';
import { repairChoices } from './patterns/repair.ts';
import type { Line, Reply } from './reply.ts';
import { acceptString } from './sadp.ts';
import type { Scene } from './scene.ts';
import { dropSecret, forgetStrings } from './secrets.ts';
import { proposeSerials } from './slots/serial.ts';

const SILENT = 'silent:agent';

/** Gives the conversation another owner. Each change raises the epoch: what was said before is stale. */
export function changeOwner(
  scene: Scene,
  who: 'bot' | 'queued' | 'agent',
  agent: { agentId: string; agentName: string } | null = null,
): void {
  const { owner } = scene.conversation;
  owner.who = who;
  owner.agentId = agent?.agentId ?? null;
  owner.agentName = agent?.agentName ?? null;
  owner.epoch += 1;
}

/**
 * The bot goes on where the form stands: it says what is filled by now, offers the repairs that came
 * meanwhile, and takes up what was sent to the agent.
 * @param key how it begins
 */
export function resumeBot(scene: Scene, key: string, params?: Reply['params']): void {
  scene.conversation.confirm = null;
  const repairs = waitingRepairs(scene).slice(0, 3);
  const idle = !scene.focus && scene.conversation.greeted;
  const choices = [
    ...repairChoices(scene, repairs),
    ...(idle
      ? [scene.action('start', 'choice.new', 'new'), scene.action('status', 'choice.status')]
      : []),
  ];
  const lines = whatIsFilled(scene);
  scene.push({
    key,
    ...(params ? { params } : {}),
    ...(lines.length > 0 ? { lines } : {}),
    ...(choices.length > 0 ? { choices } : {}),
  });
  greet(scene);
  takeUpSuggestions(scene);
  scene.asks = true;
}

/** What the form in focus holds, as the review would show it. */
function whatIsFilled(scene: Scene): Line[] {
  const form = scene.focus;
  if (!form) return [];
  return scene.needed(form).flatMap((name) => {
    const shown = scene.slots[name].show?.(form);
    return shown ? [{ label: `slot.${name}`, ...shown }] : [];
  });
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
  const seen = suggestions.filter(({ what }) => what === 'serial');
  if (seen.length === 0) return;
  const form = formAtHand(scene, ['serial']);
  if (scene.value(form, 'serial') || form.drafts.serial) return;
  const shorts = [...new Set(seen.map(({ detail }) => detail))];
  const candidates = shorts.map((short) => ({ short }));
  // "I read it in the photo" is said only of what photos show, each of them.
  const shown = (short: string) => seen.some(({ detail, typed }) => detail === short && !typed);
  proposeSerials(scene, form, candidates, shorts.every(shown) ? 'label' : 'typed');
}

/**
 * Keeps count of whom an agent leaves without an answer. The timer runs from the first message that
 * was not answered, or from the take-over: more messages do not put it off.
 */
export function watchWaiting(scene: Scene): void {
  const { conversation, event, context } = scene;
  if (conversation.owner.who === 'bot') conversation.waiting = null;
  if (!scene.agentOwns) return;
  const writes = isFromPerson(event) && event.type !== 'opened' && conversation.waiting === null;
  if (writes) conversation.waiting = { since: event.at, why: 'wrote' };
  const took = event.type === 'agentActed' && event.act === 'takeOver';
  if (!writes && !(took && conversation.waiting)) return;
  const at = event.at + context.settings.agentSilentMinutes * 60_000;
  scene.effects.push({ kind: 'setTimer', timer: SILENT, at });
}

/** Nobody waits for this agent any more. */
export function stopWaiting(scene: Scene): void {
  scene.conversation.waiting = null;
  scene.effects.push({ kind: 'clearTimer', timer: SILENT });
}

/**
 * The agent has left the installer without an answer for too long: the conversation is for any
 * agent again, the installer is told, and meanwhile the bot goes on.
 */
export function endSilence(scene: Scene): void {
  const { waiting } = scene.conversation;
  if (!scene.agentOwns || !waiting) return;
  changeOwner(scene, 'queued');
  scene.conversation.waiting = { since: waiting.since, why: 'agentSilent' };
  const { when, params } = humanBy(scene);
  resumeBot(scene, `handoff.silent.${when}`, params);
}

/** Somebody at the desk is asked for. The bot goes on working until one takes over. */
export function askForHuman(
  { conversation, event }: Scene,
  why: NonNullable<Conversation['waiting']>['why'],
): void {
  if (conversation.owner.who === 'bot') conversation.owner.who = 'queued';
  conversation.waiting ??= { since: event.at, why };
}

const HALF_HOUR = 30 * 60_000;

/**
 * By when a human answers: within minutes in working hours, from the next opening outside of them;
 * where nobody is on duty in working hours, by what is promised to who asks at closing time.
 */
export function humanBy(scene: Scene): {
  when: 'inHours' | 'later' | 'nobody';
  params: NonNullable<Reply['params']>;
} {
  const { calendar, settings, onDuty = true } = scene.context;
  const minutes = settings.slaMinutes;
  const made = promise(calendar, scene.event.at, minutes);
  if (made.why !== 'inHours') {
    return { when: 'later', params: { opensAt: made.opensAt ?? made.answerBy } };
  }
  if (onDuty) return { when: 'inHours', params: { minutes } };
  for (let at = scene.event.at; at < scene.event.at + 48 * HALF_HOUR; at += HALF_HOUR) {
    const later = promise(calendar, at, minutes);
    if (later.why !== 'inHours') return { when: 'nobody', params: { answerBy: later.answerBy } };
  }
  // An office that never closes.
  return { when: 'nobody', params: { answerBy: scene.event.at + 48 * HALF_HOUR } };
}

/** The person wants to change what an agent has checked. */
export function sayLocked(scene: Scene, slot: SlotName): void {
  scene.say('handoff.locked', { slot }, { choices: [scene.action('human', 'choice.human')] });
}
