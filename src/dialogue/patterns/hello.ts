import { greetAgain } from '../greeting.ts';
import type { Pattern } from './pattern.ts';

/** /start of somebody who was greeted before: where we are. */
export const hello: Pattern = {
  name: 'hello',
  phrases: [],
  commands: ['start', 'batdau'],
  run: greetAgain,
};
