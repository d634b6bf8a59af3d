import type { Language } from '../dialogue/event.ts';
import { HttpError } from '../server/errors.ts';
import { deskTexts } from './texts.ts';

/** Codes of `errors` in locales/<language>/desk.json, each with its sentence and its status. */
const STATUS = {
  notSignedIn: 401,
  wrongPassword: 401,
  tooManyTries: 429,
  tooFast: 429,
  foreignOrigin: 403,
  staleForm: 403,
  viewerReads: 403,
  adminsOnly: 403,
  setupClosed: 403,
  badField: 400,
  nameNeeded: 400,
  loginShape: 400,
  loginTaken: 409,
  passwordShort: 400,
  passwordLong: 400,
  passwordGuessable: 400,
  wrongCurrentPassword: 400,
  notYourself: 409,
  noPerson: 404,
  textNeeded: 400,
  textLong: 400,
  reasonNeeded: 400,
  noteNeeded: 400,
  serialShape: 400,
  slotValue: 400,
  inviteClosed: 403,
  tooShort: 400,
  askSomething: 400,
  noCase: 404,
  noConversation: 404,
  noForm: 404,
  noPhoto: 404,
  notMasked: 503,
  photosNotThere: 409,
  notAPicture: 400,
  fileKind: 400,
  filesNotThere: 409,
  noFile: 404,
  readerDown: 503,
  noSadpString: 404,
  decidedElsewhere: 409,
  changedMeanwhile: 409,
  notAStep: 409,
  othersConversation: 409,
  takeOverFirst: 409,
  takenMeanwhile: 409,
  badBook: 400,
  sameTerms: 400,
  bookChanged: 409,
  slotChanged: 409,
  notKept: 503,
  tokenTaken: 409,
  noToken: 404,
  noZaloOa: 404,
  noPublicUrl: 409,
  noGroup: 404,
} as const;
type DeskErrorCode = keyof typeof STATUS;

function isDeskErrorCode(code: string): code is DeskErrorCode {
  return Object.hasOwn(STATUS, code);
}

/** Something the desk does not do, and what the agent can do about it. */
export class DeskError extends HttpError {
  private readonly params: Record<string, string>;

  constructor(
    code: DeskErrorCode,
    params: Record<string, string> = {},
    options?: ErrorOptions & { retryAfter?: number },
  ) {
    super(code, STATUS[code], options);
    this.name = 'DeskError';
    this.params = params;
  }

  override sentence(language: Language): string {
    return deskTexts.t(`errors.${this.code}`, { lng: language, ...this.params });
  }
}

/** The error of a field: its schema's message where that is one of our codes. */
export function refuseField(field: string, message: string): DeskError {
  return isDeskErrorCode(message) ? new DeskError(message) : new DeskError('badField', { field });
}
