/** `code` is for programs, `message` for the operator; neither ever carries data of a row. */
export type StoreErrorCode =
  | 'cannotOpen'
  | 'notADatabase'
  | 'foreignDatabase'
  | 'newerDatabase'
  | 'otherVersion'
  | 'wrongKey'
  | 'inUse'
  | 'busy'
  | 'full'
  | 'unusable'
  | 'damaged'
  | 'conflict'
  | 'unknownConversation'
  | 'closed'
  | 'failed';

/** The store cannot be opened, or could not do what it was asked to. The engine's error is the cause. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
