import { join } from 'node:path';
import type { Conversation } from '../../src/dialogue/conversation.ts';
import type { CaseDraft, Effect } from '../../src/dialogue/effect.ts';
import type { Event, EventOf } from '../../src/dialogue/event.ts';
import type { Heard } from '../../src/dialogue/heard.ts';
import { newConversation, turn } from '../../src/dialogue/turn.ts';
import { loadFlows } from '../../src/flows/load.ts';
import type { Decide, Decided, Loaded } from '../../src/store/contract.ts';
import { createWords, type Rendered } from '../../src/words/words.ts';
import { calendar, settings } from '../conversations/world.ts';

const root = join(import.meta.dirname, '..', '..');
const words = createWords(join(root, 'locales'));
const flows = loadFlows(join(root, 'flows'));

export const NOW = Date.parse('2026-11-23T10:00:00+07:00');
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
/** What the store's clock says, an hour after the first event. */
export const CLOCK = NOW + 60 * MINUTE;

let events = 0;

/** What every event has; each call makes an event of its own. */
export function base(chatId = 'chat') {
  events += 1;
  return { eventId: `e${events}`, at: NOW + events, channel: 'web' as const, chatId };
}

export function text(chatId = 'chat', said = 'chào', more: Partial<EventOf<'text'>> = {}): Event {
  return { ...base(chatId), type: 'text', text: said, ...more };
}

export function shown(said: string): Rendered {
  return { text: said, choices: [], pictures: [] };
}

export function reply(key: string): Effect {
  return { kind: 'send', reply: { key }, push: false };
}

export function push(key: string): Effect {
  return { kind: 'send', reply: { key }, push: true };
}

export interface Decision {
  effects?: Effect[];
  heard?: Heard | null;
  setAside?: string | null;
  /** What becomes of the conversation. */
  change?: (conversation: Conversation) => Conversation;
}

/** Decides without a dialogue: what a turn would ask the store to write is given. */
export function decided(loaded: Loaded, decision: Decision = {}): Decided {
  const { effects = [], heard = null, setAside = null, change } = decision;
  const before = loaded.conversation ?? newConversation(loaded.conversationId);
  return {
    conversation: change ? change(before) : before,
    effects,
    heard,
    heardShown: heard && shown(heard.text ?? ''),
    sendsShown: effects.flatMap((effect) => {
      if (effect.kind !== 'send') return [];
      return [shown(effect.agent?.text ?? `[${effect.reply.key}]`)];
    }),
    setAside,
  };
}

export function deciding(decision: Decision = {}): Decide {
  return (_, loaded) => decided(loaded, decision);
}

/** Turns of the real dialogue, rendered with the real texts. */
export const decideForReal: Decide = (event, loaded) => {
  const { account, cases, secrets, link, conversationId } = loaded;
  const before = loaded.conversation ?? newConversation(conversationId);
  const context = { account, calendar, settings, flows, cases, secrets, link };
  const result = turn(before, event, context);
  const { language } = result.conversation;
  return {
    ...result,
    heardShown: result.heard && words.heard(result.heard, language),
    sendsShown: result.effects.flatMap((effect) =>
      effect.kind === 'send' ? [words.render(effect.reply, language)] : [],
    ),
    setAside: null,
  };
};

export function draft(caseId: string, serial: string, more: Partial<CaseDraft> = {}): CaseDraft {
  return {
    caseId,
    formId: 'f1',
    flow: 'unbind',
    flowVersion: 1,
    repairs: null,
    network: 'lan',
    serial: { short: serial },
    serialSource: 'typed',
    photos: [],
    proof: 'unverified',
    proofWhy: 'notRead',
    sadp: null,
    flags: [],
    answer: null,
    consentVersion: '1',
    submittedAt: NOW,
    promise: {
      answerBy: NOW + 10 * MINUTE,
      internalTarget: NOW + 10 * MINUTE,
      opensAt: null,
      why: 'inHours',
    },
    ...more,
  };
}
