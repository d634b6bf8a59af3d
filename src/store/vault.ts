import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { StoreError } from './errors.ts';

const ALGORITHM = 'aes-256-gcm';
/** Names the key that sealed a value, so that values of an older key can be told when keys change. */
const KEY_ID = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** What is sealed, and where it belongs: a value that is moved to another row does not open. */
export type Place =
  | 'secret'
  | 'blob'
  | 'maskedBlob'
  | 'setAside'
  | 'keyCheck'
  | 'pushSubscription'
  | 'document'
  | 'address'
  | 'fileLink'
  | 'verification'
  | 'personName'
  | 'forumUpdate';

/**
 * Seals secrets, photos and set-aside events for the disk: AES-256-GCM, a fresh IV each time, the
 * row as additional data. A sealed value is: key id (1 byte), IV (12), tag (16), ciphertext.
 */
export class Vault {
  readonly #key: Buffer;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    if (key.length !== 32) throw new TypeError('The key of a vault has 32 bytes.');
    this.#key = key;
  }

  seal(place: Place, id: string, plain: Uint8Array | string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(additional(place, id));
    const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain;
    const sealed = [cipher.update(bytes), cipher.final()];
    return Buffer.concat([Buffer.of(KEY_ID), iv, cipher.getAuthTag(), ...sealed]);
  }

  /**
   * By what a short secret is found again: a plain hash of one would be guessed by trying them all,
   * this one by nobody without the key.
   */
  markOf(place: 'linkCode', secret: string): string {
    return createHmac('sha256', this.#key).update(`${place}:${secret}`).digest('base64url');
  }

  /** @throws StoreError `damaged`: changed, moved, cut off, or sealed with another key */
  unseal(place: Place, id: string, sealed: Uint8Array): Buffer {
    const whole = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (whole.length < HEAD_BYTES || whole[0] !== KEY_ID) {
      throw new StoreError(
        'damaged',
        `A stored ${place} is cut off or sealed with an unknown key.`,
      );
    }
    try {
      const iv = whole.subarray(1, 1 + IV_BYTES);
      const decipher = createDecipheriv(ALGORITHM, this.#key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(additional(place, id));
      decipher.setAuthTag(whole.subarray(1 + IV_BYTES, HEAD_BYTES));
      return Buffer.concat([decipher.update(whole.subarray(HEAD_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new StoreError(
        'damaged',
        `A stored ${place} does not open: it was changed, or sealed with another key.`,
        { cause },
      );
    }
  }
}

function additional(place: Place, id: string): Buffer {
  return Buffer.from(`${place}:${id}`, 'utf8');
}
