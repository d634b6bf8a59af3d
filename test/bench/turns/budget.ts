import { ConversationSchema } from '../../../src/dialogue/conversation.ts';
import { EventSchema } from '../../../src/dialogue/event.ts';
import { turn } from '../../../src/dialogue/turn.ts';
import { World, words } from '../../conversations/world.ts';

const TIMES = 20_000;

/** Microseconds of one call, the first tenth of the calls left out. */
function cost(work: () => unknown): number {
  for (let index = 0; index < TIMES / 10; index += 1) work();
  const begun = performance.now();
  for (let index = 0; index < TIMES; index += 1) work();
  return ((performance.now() - begun) * 1000) / TIMES;
}

/** What the parts of a turn cost that are not SQL: a person names the serial, and is asked for proof. */
export async function printBudget(): Promise<void> {
  const world = new World();
  world.text('xin chào');
  world.text('mạng khác');
  const { conversation, context } = world;
  const event = EventSchema.parse({ ...world.base(), type: 'text', text: 'D12345678' });
  const state = JSON.stringify(conversation);
  const parsed: unknown = JSON.parse(state);
  const result = turn(conversation, event, context);
  const replies = result.effects.flatMap((effect) =>
    effect.kind === 'send' ? [effect.reply] : [],
  );
  const parts: [string, number][] = [
    ['conversation from JSON', cost(() => JSON.parse(state))],
    ['conversation through its schema (zod)', cost(() => ConversationSchema.parse(parsed))],
    ['the turn itself', cost(() => turn(conversation, event, context))],
    [
      `texts of its ${replies.length} replies`,
      cost(() => replies.map((reply) => words.render(reply, 'vi'))),
    ],
    ['conversation to JSON', cost(() => JSON.stringify(result.conversation))],
  ];
  console.log(`\nBudget of a turn (${state.length} bytes of state)`);
  for (const [name, micros] of parts)
    console.log(`  ${name.padEnd(40)}${micros.toFixed(1).padStart(7)} µs`);
  const sum = parts.reduce((total, [, micros]) => total + micros, 0);
  console.log(`  ${'together'.padEnd(40)}${sum.toFixed(1).padStart(7)} µs`);
}
