/** Zalo answered, and refused. Its `message` holds nothing that a person wrote. */
export class OaError extends Error {
  readonly code: number;
  /** The OA's hosts and the one of templates by phone have a table of their own each. */
  readonly table: 'oa' | 'zbs';

  constructor(code: number, call: string, table: 'oa' | 'zbs') {
    super(`Zalo answered ${code} to ${call}`);
    this.name = 'OaError';
    this.code = code;
    this.table = table;
  }
}

/** No answer, or none that can be read. `sent`: the request may have been carried out. */
export class NoAnswerError extends Error {
  readonly sent: boolean;
  /** Not before this, when it is known. */
  readonly at: number | null;
  /** Of an HTTP answer that is no success. */
  readonly status: number | null;

  constructor(
    why: string,
    sent: boolean,
    { at = null, status = null }: { at?: number | null; status?: number | null } = {},
  ) {
    super(why);
    this.name = 'NoAnswerError';
    this.sent = sent;
    this.at = at;
    this.status = status;
  }
}

/** The account is not connected, or has to be connected again by a human. */
export class NotConnectedError extends Error {
  readonly code: 'notConnected' | 'refused';

  constructor(code: 'notConnected' | 'refused') {
    super(
      code === 'notConnected'
        ? 'no Zalo Official Account is connected: an admin connects it at /desk#/zalo'
        : 'Zalo no longer accepts the stored consent: an admin connects the account again at /desk#/zalo',
    );
    this.name = 'NotConnectedError';
    this.code = code;
  }
}
