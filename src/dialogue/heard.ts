import type { Reply } from './reply.ts';

/**
 * How an incoming event is written into the transcript, decided by the turn because only the turn
 * knows what is secret: an SADP string is shown by reference, a verification code not at all.
 */
export interface Heard {
  /** What the person wrote, when it may be shown as it is. */
  text?: string;
  /** Otherwise (or for a button, a file): a key of locales/ that says what it was. */
  said?: Pick<Reply, 'key' | 'params'>;
  blobIds?: string[];
  secretRef?: string;
}
