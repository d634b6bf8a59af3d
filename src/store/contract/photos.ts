/** Secrets, photos and files, sealed. */
export interface PhotoStore {
  revealSecret(ref: string): Promise<string | null>;
  putBlob(bytes: Uint8Array, mime: string): Promise<string>;
  getBlob(blobId: string): Promise<{ bytes: Uint8Array; mime: string } | null>;
  /** The copy of a photo with its secrets covered, once it was made. It is deleted with the photo. */
  getMaskedBlob(blobId: string): Promise<{ bytes: Uint8Array; mime: string } | null>;
  /** Keeps that copy, unless there is one or the photo is gone. */
  putMaskedBlob(blobId: string, bytes: Uint8Array, mime: string): Promise<void>;
  /** Whether this conversation sent or may see the photo. */
  blobBelongsTo(blobId: string, conversationId: string): Promise<boolean>;
}
