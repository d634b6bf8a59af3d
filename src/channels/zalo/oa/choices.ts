import { createHmac } from 'node:crypto';
import { isSame } from './signature.ts';

/** What a pressed button of ours writes into the chat begins so. */
const MARK = '#ub.';
const MAC_LENGTH = 22;

/**
 * Payloads of buttons. A press arrives as a text like any other, so that a payload is signed for the
 * one person who got the button: typed by somebody else, or made up, it does nothing.
 */
export class Choices {
  readonly #key: Buffer;

  /** @param secretKey the OA Secret Key, from which the signing key is derived */
  constructor(secretKey: string) {
    this.#key = createHmac('sha256', secretKey).update('buttons of the assistant').digest();
  }

  payloadOf(userId: string, token: string): string {
    return `${MARK}${token}.${this.#mac(userId, token)}`;
  }

  /**
   * The token in a text; null for a text that is no payload. One whose signature is wrong answers
   * the empty token, which no button has.
   */
  tokenIn(userId: string, text: string): string | null {
    if (!text.startsWith(MARK) || text.length > 200) return null;
    const token = text.slice(MARK.length, -(MAC_LENGTH + 1));
    return isSame(text, this.payloadOf(userId, token)) ? token : '';
  }

  #mac(userId: string, token: string): string {
    const mac = createHmac('sha256', this.#key).update(`${userId}\n${token}`).digest('base64url');
    return mac.slice(0, MAC_LENGTH);
  }
}
