import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  ConversationState,
  type ResourceResponse,
  type Storage,
  TurnContext,
} from 'botbuilder-core';
import {
  DialogSet,
  DialogTurnStatus,
  TextPrompt,
  WaterfallDialog,
  type WaterfallStep,
} from 'botbuilder-dialogs';
import { AGAIN, QUESTIONS, type Question, summary } from './dialogue.ts';
import type { KeyValue, Peer } from './peer.ts';

/** Keeps what the bot would have sent. */
class Listening extends BotAdapter {
  readonly said = new Map<string, string>();

  async sendActivities(
    _context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    for (const { conversation, text } of activities) {
      if (conversation && text) this.said.set(conversation.id, text);
    }
    return activities.map(() => ({ id: '1' }));
  }

  async updateActivity(): Promise<void> {}

  async deleteActivity(): Promise<void> {}

  async continueConversation(): Promise<void> {}
}

/** The storage that botbuilder's state wants, over values by key. */
function storageOf(values: KeyValue): Storage {
  return {
    async read(keys) {
      const found: Record<string, unknown> = {};
      for (const key of keys) {
        const text = await values.read(key);
        if (text !== undefined) found[key] = JSON.parse(text);
      }
      return found;
    },
    async write(changes) {
      for (const [key, value] of Object.entries(changes)) {
        await values.write(key, JSON.stringify(value));
      }
    },
    async delete(keys) {
      for (const key of keys) await values.delete(key);
    },
  };
}

/** A step keeps the answer to the question before, and asks its own. */
function stepOf({ name, ask }: Question, index: number): WaterfallStep {
  return async (step) => {
    const before = QUESTIONS[index - 1];
    if (before) Object.assign(step.values, { [before.name]: step.result });
    return step.prompt(name, { prompt: ask, retryPrompt: AGAIN + ask });
  };
}

/** botbuilder's waterfall: a step a question, a prompt that checks each answer. */
export function waterfall(values: KeyValue): Peer {
  const adapter = new Listening();
  const state = new ConversationState(storageOf(values));
  const dialogs = new DialogSet(state.createProperty('dialog'));
  for (const { name, fits } of QUESTIONS) {
    dialogs.add(new TextPrompt(name, async ({ recognized }) => fits(recognized.value ?? '')));
  }
  dialogs.add(
    new WaterfallDialog('talk', [
      ...QUESTIONS.map(stepOf),
      async (step) => {
        const last = QUESTIONS.at(-1);
        if (last) Object.assign(step.values, { [last.name]: step.result });
        await step.context.sendActivity(summary(step.values as Record<string, string>));
        return step.endDialog();
      },
    ]),
  );
  let activities = 0;
  return {
    async say(chat, text) {
      activities += 1;
      const id = `chat-${chat}`;
      const activity: Partial<Activity> = {
        type: ActivityTypes.Message,
        id: String(activities),
        channelId: 'bench',
        serviceUrl: 'https://bench.example',
        conversation: { id, isGroup: false, conversationType: 'personal', name: '' },
        from: { id: `person-${chat}`, name: 'Lan' },
        recipient: { id: 'bot', name: 'Bench' },
        text,
      };
      const context = new TurnContext(adapter, activity as Activity);
      const dialog = await dialogs.createContext(context);
      if (text === '/start') await dialog.cancelAllDialogs();
      const { status } = await dialog.continueDialog();
      if (status === DialogTurnStatus.empty) await dialog.beginDialog('talk');
      await state.saveChanges(context);
      const answer = adapter.said.get(id) ?? '';
      adapter.said.delete(id);
      return answer;
    },
  };
}
