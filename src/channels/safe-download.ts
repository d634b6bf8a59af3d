import { type LookupAddress, lookup as resolveName } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { FetchedFile } from './contract.ts';
import { isPublicAddress } from './public-address.ts';

const MOST_REDIRECTS = 3;

export interface SafeDownloadOptions {
  /** More is not read. */
  maxBytes: number;
  /** For everything together, redirects included. */
  timeoutMs: number;
  /** Which hosts may be asked; any by default. Asked of every redirect too. */
  allowHost?: (hostname: string) => boolean;
  /** Addresses that the operator named: plain http, any port, and private networks are fine there. */
  allowPrivate?: (url: URL) => boolean;
  signal?: AbortSignal;
}

/** A download that must not be made; `message` holds no address. */
class ForbiddenError extends Error {
  readonly code = 'forbidden';
}

/**
 * Downloads what a platform's message points to. The address comes from outside, so it may lead
 * nowhere but to the public internet: https, its own port, and a public address, looked at once more
 * when the connection is made, so that a name cannot change its mind in between.
 *
 * @returns the bytes, or what became of it. No `why` holds the address, which may be a secret
 */
export async function safeDownload(
  address: string,
  options: SafeDownloadOptions,
): Promise<FetchedFile> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  try {
    let url = parse(address);
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const response = await ask(url, options, signal);
      const next = redirectOf(response, url);
      if (next === null) return await outcomeOf(response, options.maxBytes);
      response.destroy();
      url = next;
    }
    return { as: 'gone', why: 'a download was redirected too often' };
  } catch (error) {
    if (error instanceof ForbiddenError) return { as: 'gone', why: error.message };
    // Errors of the platform may quote the address.
    return { as: 'transient', why: 'a download broke off' };
  }
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new ForbiddenError('a download has no usable address');
  return new URL(address, base);
}

async function ask(
  url: URL,
  { allowHost, allowPrivate }: SafeDownloadOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  if (allowHost && !allowHost(url.hostname)) {
    throw new ForbiddenError('a download leads to a host that is not known');
  }
  const named = allowPrivate?.(url) ?? false;
  if (!named) checkPublic(url);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    request(url, {
      signal,
      agent: false,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'unbinding-assistant' },
      ...(named ? {} : { lookup: lookupPublic }),
    })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

function checkPublic(url: URL): void {
  const { protocol, port, username, password } = url;
  if (protocol !== 'https:' || port !== '' || username || password) {
    throw new ForbiddenError('a download has to be plain https');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A written address is never looked up.
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic();
}

function notPublic(): ForbiddenError {
  return new ForbiddenError('a download leads into a private network');
}

/** One private address among those of a name is enough to refuse it. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error || !first) callback(error ?? notPublic(), '');
    else if (!addresses.every(({ address }) => isPublicAddress(address))) callback(notPublic(), '');
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) {
    return null;
  }
  return parse(headers.location, from);
}

async function outcomeOf(response: IncomingMessage, maxBytes: number): Promise<FetchedFile> {
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) {
    response.destroy();
    const why = `a download was answered with ${statusCode}`;
    const later = statusCode >= 500 || statusCode === 408 || statusCode === 429;
    return later ? { as: 'transient', why } : { as: 'gone', why };
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    response.destroy();
    return { as: 'tooLarge' };
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop destroys the response.
    if (length > maxBytes) return { as: 'tooLarge' };
    chunks.push(chunk);
  }
  return { as: 'bytes', bytes: Buffer.concat(chunks) };
}
