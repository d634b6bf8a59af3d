import { goOnInBatch, tellBatch } from './batch.ts';
import type { Context } from './context.ts';
import type { Conversation } from './conversation.ts';
import type { Effect } from './effect.ts';
import { type Event, type EventOf, isFromPerson, linkCodeIn } from './event.ts';
import { onAccountChanged } from './events/account-changed.ts';
import { onAgentActed } from './events/agent.ts';
import { onAgentFilled } from './events/agent-filled.ts';
import { hearAttached } from './events/attached.ts';
import { hearFile, hearPhotos, hearUnsupported } from './events/attachments.ts';
import { onCaseChanged, onCaseNoted } from './events/case-changed.ts';
import { hearChoice } from './events/choice.ts';
import { hearDevices, onPairingOffered } from './events/devices.ts';
import { hearEditable } from './events/edited.ts';
import { onApplicationHeldUp, onCaseUntaken, onCaseWaits } from './events/held-up.ts';
import { onAccountLinked, onNewsPassedOn } from './events/linked.ts';
import { onPromiseMoved } from './events/promise-moved.ts';
import { onErased, onPhotoRead, onSubmitted } from './events/results.ts';
import { onTimer } from './events/timers.ts';
import { isVerification, removeForm } from './forms.ts';
import { greet, greetAgain } from './greeting.ts';
import { watchWaiting } from './handoff.ts';
import type { Heard } from './heard.ts';
import { redeem } from './linking.ts';
import { notePace } from './pace.ts';
import { onShareOffered } from './patterns/follow.ts';
import { showCase } from './patterns/status.ts';
import { onTimelineRead } from './patterns/timeline.ts';
import { watchUnfinished } from './reminders.ts';
import { Scene } from './scene.ts';
import { slots } from './slots/index.ts';
import { submit } from './submission.ts';

export interface TurnResult {
  conversation: Conversation;
  effects: Effect[];
  /** Null when nothing was said by a person (a timer, a result). */
  heard: Heard | null;
}

/** A conversation that has just begun. `id` comes from the store. */
export function newConversation(id: string): Conversation {
  return {
    id,
    language: 'vi',
    greeted: false,
    owner: { who: 'bot', agentId: null, agentName: null, epoch: 0 },
    waiting: null,
    forms: [],
    focus: null,
    counter: 0,
    offered: [],
    buttons: [],
    confirm: null,
    suggestions: [],
    heldSecrets: [],
    heardAt: 0,
    arriving: [],
    answered: [],
    pace: null,
    linking: { wrong: [], leaving: null },
  };
}

/**
 * One turn: what an event makes of a conversation, and the effects that follow from it. Pure: the
 * same three arguments give the same result, and none of them is changed.
 */
export function turn(conversation: Conversation, event: Event, context: Context): TurnResult {
  const scene = new Scene(conversation, event, context, slots);
  notePace(scene);
  if (isFromPerson(event)) scene.conversation.heardAt = event.at;
  sync(scene);
  dispatch(scene, event);
  // Once more for a form that this turn opened, before its first question counts the steps.
  sync(scene);
  advance(scene);
  nameProgress(scene);
  if (isFromPerson(event)) watchUnfinished(scene);
  watchWaiting(scene);
  return { conversation: scene.conversation, effects: scene.effects, heard: scene.heard };
}

/** Facts of the context that fill or empty slots by themselves. */
function sync(scene: Scene): void {
  const { account, settings } = scene.context;
  for (const form of scene.conversation.forms) {
    if (isVerification(form)) {
      if (account.verified) removeForm(scene, form);
      continue;
    }
    if (form.phase !== 'open') continue;
    const verified = form.slots.verified?.state === 'filled';
    if (account.verified && !verified) scene.arrive(form, 'verified', {});
    if (!account.verified && verified) scene.empty(form, 'verified');
    const consent = scene.value(form, 'consent');
    if (consent && consent.version !== settings.termsVersion) scene.empty(form, 'consent');
  }
}

function dispatch(scene: Scene, event: Event): void {
  switch (event.type) {
    case 'opened':
      open(scene, event);
      return;
    case 'text':
      hearEditable(scene, event);
      return;
    case 'choice':
      hearChoice(scene, event);
      return;
    case 'photos':
      hearPhotos(scene, event);
      return;
    case 'attached':
      hearAttached(scene, event);
      return;
    case 'file':
      hearFile(scene, event);
      return;
    case 'unsupported':
      hearUnsupported(scene, event);
      return;
    case 'devicesScanned':
      hearDevices(scene, event);
      return;
    case 'shareOffered':
      onShareOffered(scene, event);
      return;
    case 'timelineRead':
      onTimelineRead(scene, event);
      return;
    case 'pairingOffered':
      onPairingOffered(scene, event);
      return;
    case 'photoRead':
      onPhotoRead(scene, event);
      return;
    case 'submitted':
      onSubmitted(scene, event);
      return;
    case 'erased':
      onErased(scene, event);
      return;
    case 'caseChanged':
      onCaseChanged(scene, event);
      return;
    case 'caseWaits':
      onCaseWaits(scene, event);
      return;
    case 'caseUntaken':
      onCaseUntaken(scene, event);
      return;
    case 'applicationHeldUp':
      onApplicationHeldUp(scene, event);
      return;
    case 'caseNoted':
      onCaseNoted(scene, event);
      return;
    case 'promiseMoved':
      onPromiseMoved(scene, event);
      return;
    case 'timerFired':
      onTimer(scene, event);
      return;
    case 'agentActed':
      onAgentActed(scene, event);
      return;
    case 'agentFilled':
      onAgentFilled(scene, event);
      return;
    case 'accountChanged':
      onAccountChanged(scene, event);
      return;
    case 'accountLinked':
      onAccountLinked(scene, event);
      return;
    case 'newsPassedOn':
      onNewsPassedOn(scene, event);
      return;
  }
}

function open(scene: Scene, event: EventOf<'opened'>): void {
  const { language, caseRef, linkCode } = event;
  const known = scene.conversation.greeted;
  if (!known && language) scene.conversation.language = language;
  if (linkCode !== undefined) {
    redeem(scene, linkCodeIn(event));
    return;
  }
  greet(scene);
  if (caseRef) showCase(scene, caseRef);
  else if (known) greetAgain(scene);
}

/** The first reply after the end of some work may stand where "I'm looking…" stood. */
function nameProgress({ progress, effects }: Scene): void {
  const from = effects.slice(progress?.from ?? effects.length);
  const answer = from.find((effect) => effect.kind === 'send');
  if (progress && answer) answer.reply = { ...answer.reply, progress: progress.name };
}

/**
 * Sends what is complete and asks what is open. A case whose person said "send it" may have waited
 * for the company's verification: it leaves whichever form is in focus, and under an agent, too.
 */
function advance(scene: Scene): void {
  goOnInBatch(scene);
  const before = scene.focus;
  const complete = scene.conversation.forms.filter(
    (form) => form.phase === 'open' && scene.asked(form) === null,
  );
  for (const form of complete) submit(scene, form);
  for (const batch of new Set(complete.flatMap((form) => form.batch ?? []))) {
    tellBatch(scene, batch);
  }
  const moved = before !== null && complete.includes(before);
  if (moved ? scene.focus !== null : scene.asks) scene.ask();
}
