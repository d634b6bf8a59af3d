import type { Book } from './book.ts';
import { HOLIDAYS } from './holidays.ts';
import { TERMS } from './terms.ts';

/** The office book of a first start: Monday to Saturday, 08:30 to 17:30. */
export function defaultBook(): Book {
  const open = () => [{ from: '08:30', to: '17:30' }];
  return {
    hours: {
      monday: open(),
      tuesday: open(),
      wednesday: open(),
      thursday: open(),
      friday: open(),
      saturday: open(),
      sunday: [],
    },
    holidays: [...HOLIDAYS],
    swaps: [],
    slaMinutes: 10,
    agentSilentMinutes: 5,
    sadpStaleHours: 24,
    sadpStringForUnsighted: true,
    requireVerification: false,
    cannedReplies: [],
    terms: TERMS,
  };
}
