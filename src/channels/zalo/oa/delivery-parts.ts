import type { OaApi } from './api.ts';
import type { Choices } from './choices.ts';
import type { Operator } from './operator.ts';
import type { Clock, OaOptions, Pauses } from './options.ts';
import type { People } from './people.ts';

/** What sending needs of the channel. */
export interface DeliveryParts {
  options: OaOptions;
  api: OaApi;
  choices: Choices;
  people: People;
  operator: Operator;
  pauses: Pauses;
  now: Clock;
}
