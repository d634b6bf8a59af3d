import type { Logger } from 'pino';
import type { Context } from '../dialogue/context.ts';
import type { Conversation } from '../dialogue/conversation.ts';
import type { Effect } from '../dialogue/effect.ts';
import { type Event, isFromPerson } from '../dialogue/event.ts';
import type { DialogueSettings } from '../dialogue/settings.ts';
import { newConversation, type TurnResult, turn } from '../dialogue/turn.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { Decide, Decided, Loaded } from '../store/contract.ts';
import type { Words } from '../words/words.ts';

/** What turns need beside what the store reads for them. */
export interface DecideOptions {
  words: Words;
  flows: Context['flows'];
  /** What the office book says now. */
  office: { snapshot(): { calendar: Calendar; settings: DialogueSettings } };
  /** Whether any agent is on duty. */
  duty?: { someone(): boolean };
  log: Pick<Logger, 'error'>;
}

function render(words: Words, result: TurnResult, setAside: string | null): Decided {
  const { language } = result.conversation;
  return {
    ...result,
    heardShown: result.heard && words.heard(result.heard, language),
    sendsShown: result.effects.flatMap((effect) => {
      if (effect.kind !== 'send') return [];
      if (effect.agent) {
        const { text, file } = effect.agent;
        return [{ text, choices: [], pictures: [], ...(file ? { file } : {}) }];
      }
      return [words.render(effect.reply, language)];
    }),
    setAside,
  };
}

type Apology = 'engine.apology' | 'engine.lost';

/** The conversation with an apology, and an agent asked for where the bot was alone. */
function apologise(conversation: Conversation, event: Event, key: Apology): TurnResult {
  const waiting = isFromPerson(event);
  const { owner } = conversation;
  const effects: Effect[] =
    waiting && owner.who !== 'agent' ? [{ kind: 'send', reply: { key }, push: false }] : [];
  return {
    conversation: {
      ...conversation,
      owner: owner.who === 'bot' ? { ...owner, who: 'queued' } : owner,
      waiting: conversation.waiting ?? { since: event.at, why: 'setAside' },
    },
    effects,
    heard: waiting ? { said: { key: 'heard.setAside' } } : null,
  };
}

/**
 * Sets an event aside without looking at it: it stopped the process before.
 * @param why for operators
 */
export function refuseEvent(options: DecideOptions, why: string): Decide {
  return (event, loaded) => {
    const conversation = loaded.conversation ?? newConversation(loaded.conversationId);
    options.log.error({ eventType: event.type, why }, 'an event was set aside');
    // What cannot be read any more begins anew, and the person must not be told that it is kept.
    const key = loaded.damaged === null ? 'engine.apology' : 'engine.lost';
    return render(options.words, apologise(conversation, event, key), why);
  };
}

/** Makes the function that runs one turn. A turn that throws becomes an apology; it never throws itself. */
export function createDecide(options: DecideOptions): Decide {
  const { words, flows, office, duty } = options;
  return (event: Event, loaded: Loaded): Decided => {
    const conversation = loaded.conversation ?? newConversation(loaded.conversationId);
    const { account, cases, secrets, link, damaged } = loaded;
    if (damaged !== null) return refuseEvent(options, damaged)(event, loaded);
    try {
      const onDuty = duty?.someone() ?? true;
      const context = { ...office.snapshot(), onDuty, account, flows, cases, secrets, link };
      return render(words, turn(conversation, event, context), null);
    } catch (error) {
      // Its message may quote what the person sent; the code line does not.
      const at = error instanceof Error ? (error.stack?.split('\n    at ')[1] ?? '') : '';
      const why = `${error instanceof Error ? error.name : 'error'} at ${at}`;
      return refuseEvent(options, why)(event, loaded);
    }
  };
}
