import * as z from 'zod/mini';
import { TroubleSchema } from '../../desk/wire/common.ts';

/** A request that failed. `message` is the server's sentence; empty when none came. */
export class Trouble extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Trouble';
    this.code = code;
  }
}

const NothingSchema = z.object({});
let csrf = '';
let signedOut = () => {};

/** Begins a session in this page: the token that changes must carry, and whom to tell of its end. */
export function beginSession(token: string, onSignedOut: () => void): void {
  csrf = token;
  signedOut = onSignedOut;
}

/**
 * Reads from /api/desk.
 * @throws Trouble
 */
export function get<T extends z.ZodMiniType>(
  path: string,
  schema: T,
  signal?: AbortSignal,
): Promise<z.infer<T>> {
  return ask(path, schema, signal ? { signal } : {});
}

/**
 * Changes something through /api/desk.
 * @throws Trouble
 */
export function post<T extends z.ZodMiniType>(
  path: string,
  body: unknown,
  schema: T,
): Promise<z.infer<T>> {
  return ask(path, schema, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify(body),
  });
}

/**
 * Sends a picture.
 * @throws Trouble
 */
export async function postPicture(path: string, picture: Blob): Promise<void> {
  await ask(path, NothingSchema, {
    method: 'POST',
    headers: { 'content-type': picture.type, 'x-csrf-token': csrf },
    body: picture,
  });
}

/**
 * Sends a file under its name.
 * @throws Trouble
 */
export async function postFile(path: string, file: File): Promise<void> {
  await ask(path, NothingSchema, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(file.name),
      'x-csrf-token': csrf,
    },
    body: file,
  });
}

/** Changes something; nothing comes back. */
export async function act(path: string, body: unknown = {}): Promise<void> {
  await post(path, body, NothingSchema);
}

/**
 * Has something made that is saved as a file.
 * @throws Trouble
 */
export async function postForFile(path: string, body: unknown): Promise<Blob> {
  const response = await send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify(body),
  });
  if (response.ok) return response.blob();
  throw await troubleOf(response);
}

/**
 * Reads a picture from /api/desk.
 * @returns null while it is being made
 * @throws Trouble
 */
export async function getPicture(path: string, signal: AbortSignal): Promise<Blob | null> {
  const response = await send(path, { signal });
  if (response.status === 202) return null;
  if (response.ok) return response.blob();
  throw await troubleOf(response);
}

/** @throws Trouble `offline` */
async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = { ...init.headers, 'accept-language': document.documentElement.lang };
  return fetch(`/api/desk${path}`, { ...init, headers }).catch((error) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Trouble('offline', '');
  });
}

async function troubleOf(response: Response): Promise<Trouble> {
  const trouble = z.safeParse(TroubleSchema, await response.json().catch(() => null));
  if (!trouble.success) return new Trouble('unexpected', '');
  const { code, message } = trouble.data.error;
  if (code === 'notSignedIn') signedOut();
  return new Trouble(code, message);
}

async function ask<T extends z.ZodMiniType>(
  path: string,
  schema: T,
  init: RequestInit,
): Promise<z.infer<T>> {
  const response = await send(path, init);
  if (!response.ok) throw await troubleOf(response);
  const body: unknown = await response.json().catch(() => null);
  const parsed = z.safeParse(schema, body);
  if (parsed.success) return parsed.data;
  throw new Trouble('unexpected', '');
}

/** A photo's path below /api/desk: masked and small; with `/masked` or `/original` behind it in full. */
export function photoPath(conversationId: string, blobId: string): string {
  const at = [conversationId, blobId].map(encodeURIComponent);
  return `/conversations/${at[0]}/photos/${at[1]}`;
}

/** The address of a file that an agent sent. */
export function filePath(conversationId: string, blobId: string): string {
  const at = [conversationId, blobId].map(encodeURIComponent);
  return `/api/desk/conversations/${at[0]}/files/${at[1]}`;
}
