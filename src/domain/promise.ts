import { z } from 'zod';
import {
  type Calendar,
  endOfWorkingDay,
  isHoliday,
  isOpen,
  nextOpening,
  shiftsOn,
} from './calendar.ts';

const MINUTE_MS = 60_000;
/** As far as the calendar is looked at. */
const NEVER_MS = 60 * 24 * 60 * MINUTE_MS;

export const PromiseMadeSchema = z.object({
  /** The time by which an answer was promised. Epoch ms, like all times here. */
  answerBy: z.number().int(),
  /** What agents aim at; never later than the promise. */
  internalTarget: z.number().int(),
  /** When the office opens next; null while it is open (or when it never opens). */
  opensAt: z.number().int().nullable(),
  why: z.enum(['inHours', 'inBreak', 'beforeOpening', 'afterClosing', 'restDay', 'holiday']),
});
/** By when an answer is promised, and why then. */
export type PromiseMade = z.infer<typeof PromiseMadeSchema>;

function whyClosed(calendar: Calendar, at: number): PromiseMade['why'] {
  const shifts = shiftsOn(calendar, at);
  const [first] = shifts;
  if (!first) return isHoliday(calendar, at) ? 'holiday' : 'restDay';
  if (at < first.from) return 'beforeOpening';
  return shifts.some(({ from }) => at < from) ? 'inBreak' : 'afterClosing';
}

/**
 * What is promised for a case that is sent at a moment.
 *
 * - In hours: the SLA, even where that is past closing.
 * - In a break: the SLA after reopening.
 * - Otherwise: the end of the next working day (before opening: of that same day), while agents aim
 *   at opening + SLA. A working day shorter than the SLA stretches the promise to that target.
 *
 * An office that opens on none of the next 60 days promises the end of those.
 *
 * @param slaMinutes how soon a case is answered in working hours
 */
export function promise(calendar: Calendar, submittedAt: number, slaMinutes: number): PromiseMade {
  const sla = slaMinutes * MINUTE_MS;
  if (isOpen(calendar, submittedAt)) {
    const answerBy = submittedAt + sla;
    return { answerBy, internalTarget: answerBy, opensAt: null, why: 'inHours' };
  }
  const why = whyClosed(calendar, submittedAt);
  const opensAt = nextOpening(calendar, submittedAt);
  if (opensAt === null) {
    const answerBy = submittedAt + NEVER_MS;
    return { answerBy, internalTarget: answerBy, opensAt, why };
  }
  const internalTarget = opensAt + sla;
  const end = why === 'inBreak' ? internalTarget : endOfWorkingDay(calendar, opensAt);
  return { answerBy: Math.max(end ?? 0, internalTarget), internalTarget, opensAt, why };
}
