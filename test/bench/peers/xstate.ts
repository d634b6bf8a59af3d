import { assign, createActor, createMachine, type Snapshot } from 'xstate';
import { AGAIN, QUESTIONS, summary } from './dialogue.ts';
import type { KeyValue, Peer } from './peer.ts';

interface Answers {
  answers: Record<string, string>;
  again: boolean;
}

type Heard = { type: 'text'; text: string };

/** A state a question; an answer that does not fit stays in it. */
const machine = createMachine({
  types: {} as { context: Answers; events: Heard },
  context: { answers: {}, again: false },
  initial: QUESTIONS[0]?.name ?? '',
  states: {
    ...Object.fromEntries(
      QUESTIONS.map(({ name, fits }, index) => [
        name,
        {
          on: {
            text: [
              {
                guard: ({ event }: { event: Heard }) => fits(event.text),
                target: QUESTIONS[index + 1]?.name ?? 'done',
                actions: assign(({ context, event }: { context: Answers; event: Heard }) => ({
                  answers: { ...context.answers, [name]: event.text },
                  again: false,
                })),
              },
              { actions: assign({ again: true }) },
            ],
          },
        },
      ]),
    ),
    done: {},
  },
});

/** xstate: an actor is brought back from its snapshot, hears the message, and is stored again. */
export function xstate(values: KeyValue): Peer {
  return {
    async say(chat, text) {
      const key = `chat-${chat}`;
      const stored = text === '/start' ? undefined : await values.read(key);
      const actor = createActor(
        machine,
        stored === undefined ? {} : { snapshot: JSON.parse(stored) as Snapshot<unknown> },
      );
      actor.start();
      if (text !== '/start') actor.send({ type: 'text', text });
      const { value, context } = actor.getSnapshot();
      await values.write(key, JSON.stringify(actor.getPersistedSnapshot()));
      actor.stop();
      const question = QUESTIONS.find(({ name }) => name === value);
      if (!question) return summary(context.answers);
      return context.again ? AGAIN + question.ask : question.ask;
    },
  };
}
