/** Nothing of the event was kept: whoever delivered it should deliver it again. */
export class NotKeptError extends Error {
  readonly code: 'storeFailed' | 'stopping';

  constructor(code: 'storeFailed' | 'stopping', options?: ErrorOptions) {
    super(
      code === 'stopping'
        ? 'The assistant is stopping; deliver the event again.'
        : 'The store could not keep the event; deliver it again.',
      options,
    );
    this.name = 'NotKeptError';
    this.code = code;
  }
}
