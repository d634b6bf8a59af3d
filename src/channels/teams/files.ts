import { z } from 'zod';
import type { FetchedFile } from '../contract.ts';
import { safeDownload } from '../safe-download.ts';
import type { Connection } from './connection.ts';
import { waitOf } from './connector-http.ts';
import type { FileLink } from './events.ts';
import { isAmong, isLoopback, leadsTo } from './hosts.ts';
import type { Pauses, TeamsOptions } from './options.ts';
import { troubleOf } from './trouble.ts';

/** More than any photo or exported file has. */
const MOST_BYTES = 20 * 1024 * 1024;

const LinkSchema = z.object({ url: z.string(), by: z.enum(['link', 'token']) });

export function writeLink({ url, by }: FileLink): string {
  return JSON.stringify({ url, by } satisfies z.infer<typeof LinkSchema>);
}

/**
 * Fetches what an activity named. The address comes from the sender's client: files are asked for at
 * the hosts of SharePoint and OneDrive only, pictures, for which the bot's token is shown, at those
 * of Teams only.
 */
export async function fetchFile(
  options: TeamsOptions,
  connection: () => Promise<Connection>,
  pauses: Pauses,
  ref: string,
): Promise<FetchedFile> {
  const kept = await options.store.fileLink(ref);
  if (kept === null) return { as: 'gone', why: 'its link is not known any more' };
  const { url, by } = LinkSchema.parse(JSON.parse(kept));
  const { fileHosts, serviceHosts } = options;
  if (by === 'link') {
    return safeDownload(url, {
      maxBytes: MOST_BYTES,
      timeoutMs: pauses.download,
      allowHost: (host) => isAmong(host, fileHosts),
      allowPrivate: ({ hostname }) => isLoopback(hostname) && isAmong(hostname, fileHosts),
    });
  }
  if (!leadsTo(url, serviceHosts))
    return { as: 'gone', why: 'a picture at a host that is not Teams' };
  const now = (options.now ?? Date.now)();
  let token: string;
  try {
    token = await (await connection()).token();
  } catch (error) {
    return { as: 'transient', why: troubleOf(error).why };
  }
  return fetchPicture(url, token, pauses.download, now);
}

async function fetchPicture(
  url: string,
  token: string,
  patience: number,
  now: number,
): Promise<FetchedFile> {
  try {
    const response = await fetch(url, {
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      // A redirect could carry the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    if (response.ok) return await readAll(response);
    await response.body?.cancel();
    const { status, headers } = response;
    const why = `Teams answered ${status} to a download`;
    if (status !== 429 && status !== 401 && status < 500) return { as: 'gone', why };
    const wait = waitOf(headers.get('retry-after'));
    return { as: 'transient', why, ...(wait === null ? {} : { at: now + wait }) };
  } catch {
    return { as: 'transient', why: 'a download broke off' };
  }
}

async function readAll(response: Response): Promise<FetchedFile> {
  const chunks: Uint8Array[] = [];
  let length = Number(response.headers.get('content-length') ?? 0);
  if (length > MOST_BYTES) {
    await response.body?.cancel();
    return { as: 'tooLarge' };
  }
  length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MOST_BYTES) return { as: 'tooLarge' };
    chunks.push(chunk);
  }
  return { as: 'bytes', bytes: Buffer.concat(chunks) };
}
