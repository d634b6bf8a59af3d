import type { Language } from '../../dialogue/event.ts';
import { HttpError } from '../../server/errors.ts';
import { chatTexts } from './texts.ts';

/** Codes of `errors` in locales/<language>/chat.json, each with its sentence. */
export type ChatErrorCode =
  | 'noSession'
  | 'noConversation'
  | 'foreignOrigin'
  | 'tooFast'
  | 'tooLarge'
  | 'notUnderstood'
  | 'noFile'
  | 'oneFile'
  | 'notFound'
  | 'noCase'
  | 'noPush'
  | 'manyCodes'
  | 'readerDown'
  | 'cutOff'
  | 'notKept';

/** A request of the chat page that cannot be served, in words for the person. */
export class ChatError extends HttpError {
  constructor(
    code: ChatErrorCode,
    statusCode: number,
    options?: ErrorOptions & { retryAfter?: number },
  ) {
    super(code, statusCode, options);
    this.name = 'ChatError';
  }

  override sentence(language: Language): string {
    return chatTexts.t(`errors.${this.code}`, { lng: language });
  }
}
