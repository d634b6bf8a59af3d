import type { Language } from '../../dialogue/event.ts';
import { HttpError } from '../../server/errors.ts';
import { teamsTexts } from './texts.ts';

/** Codes of `errors` in locales/<language>/teams.json, with the answer's status. */
const STATUS = { noActivity: 400, notTeams: 401, wrongService: 403, notKept: 503 } as const;

/** A delivery that is not taken. Teams repeats what was answered with 503. */
export class TeamsError extends HttpError {
  private readonly which: keyof typeof STATUS;

  constructor(which: keyof typeof STATUS, options?: ErrorOptions) {
    const status = STATUS[which];
    super(which, status, { ...options, ...(status === 503 ? { retryAfter: 5 } : {}) });
    this.name = 'TeamsError';
    this.which = which;
  }

  override sentence(language: Language): string {
    return teamsTexts.t(`errors.${this.which}`, { lng: language });
  }
}
