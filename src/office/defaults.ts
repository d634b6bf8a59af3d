import { type Book, BookSchema } from './book.ts';
import { CANNED_REPLIES } from './canned-replies.ts';
import { holidaysOf } from './holidays.ts';
import { TERMS } from './terms.ts';

/** Years whose holidays a new book lists; the desk adds later ones. */
const YEARS = [2026, 2027];

/** The office book of a first start: Monday to Saturday, 08:30 to 17:30. */
export function defaultBook(): Book {
  const open = () => [{ from: '08:30', to: '17:30' }];
  // Through the schema, so that its parts stand in the order in which a file that is read has them.
  return BookSchema.parse({
    hours: {
      monday: open(),
      tuesday: open(),
      wednesday: open(),
      thursday: open(),
      friday: open(),
      saturday: open(),
      sunday: [],
    },
    holidays: YEARS.flatMap(holidaysOf),
    swaps: [],
    slaMinutes: 10,
    nudgeMinutes: 5,
    agentSilentMinutes: 5,
    quietHours: { from: '21:00', to: '07:30' },
    retentionDays: { photos: 90, sadpStrings: 7 },
    sadpStaleHours: 24,
    sadpStringForUnsighted: true,
    requireVerification: false,
    cannedReplies: [...CANNED_REPLIES],
    terms: TERMS,
    earlierTerms: [],
  });
}
