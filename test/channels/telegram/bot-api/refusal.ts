/** What the Bot API answers instead of a result. */
export class Refusal extends Error {
  readonly code: number;
  readonly retryAfter: number | undefined;
  readonly movedTo: number | undefined;

  constructor(code: number, description: string, retryAfter?: number, movedTo?: number) {
    super(description);
    this.name = 'Refusal';
    this.code = code;
    this.retryAfter = retryAfter;
    this.movedTo = movedTo;
  }
}

export function badRequest(what: string): Refusal {
  return new Refusal(400, `Bad Request: ${what}`);
}
