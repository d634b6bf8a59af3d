import type { FetchedFile } from '../contract.ts';
import type { BotApi } from './api.ts';
import { troubleOf } from './trouble.ts';

/** What the Bot API hands out at most. */
const MOST_BYTES = 20 * 1024 * 1024;

/** A path below the file address, and nothing that leads elsewhere. */
const PATH = /^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w./-]{1,300}$/;

/** Fetches a file by its id: its path first, then its bytes, from the Bot API's own host alone. */
export async function fetchFile(
  api: BotApi,
  fileId: string,
  patience: number,
  now: number,
): Promise<FetchedFile> {
  let path: string | undefined;
  try {
    const file = await api.calls.getFile(fileId);
    if ((file.file_size ?? 0) > MOST_BYTES) return { as: 'tooLarge' };
    path = file.file_path;
  } catch (error) {
    const { kind, why, waitMs } = troubleOf(error);
    if (/file is too big/i.test(why)) return { as: 'tooLarge' };
    if (kind === 'refused') return { as: 'gone', why };
    return { as: 'transient', why, ...(waitMs === null ? {} : { at: now + waitMs }) };
  }
  // A Bot API server with --local names paths of its own disk, which nothing is read from.
  if (path === undefined || !PATH.test(path)) return { as: 'gone', why: 'no usable file path' };
  return download(api.fileUrl(path), patience);
}

/** No error leaves here as it is: those of `fetch` may quote the address, which holds the token. */
async function download(url: URL, patience: number): Promise<FetchedFile> {
  try {
    const signal = AbortSignal.timeout(patience);
    const response = await fetch(url, { redirect: 'error', signal });
    const declared = Number(response.headers.get('content-length') ?? 0);
    if (!response.ok || declared > MOST_BYTES) {
      await response.body?.cancel();
      if (response.ok) return { as: 'tooLarge' };
      const why = `Telegram answered ${response.status} to a download`;
      return response.status === 404 ? { as: 'gone', why } : { as: 'transient', why };
    }
    return await readAll(response);
  } catch {
    return { as: 'transient', why: 'a download broke off' };
  }
}

async function readAll(response: Response): Promise<FetchedFile> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MOST_BYTES) return { as: 'tooLarge' };
    chunks.push(chunk);
  }
  return { as: 'bytes', bytes: Buffer.concat(chunks) };
}
