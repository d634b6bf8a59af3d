import { lookup as resolveName } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { FetchedFile } from '../contract.ts';

/** Beyond what a photo or an exported file ever has. */
const MOST_BYTES = 20 * 1024 * 1024;
const MOST_REDIRECTS = 3;

export interface Guard {
  /** Hosts that files come from: each one itself, and what ends in a dot and it. */
  hosts: readonly string[];
  /** For tests only: http, and addresses of this machine. */
  local: boolean;
  /** Milliseconds for all of it. */
  patience: number;
}

/** Addresses behind which things of the house may stand. */
const INSIDE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  INSIDE.addSubnet(net, bits, 'ipv4');
}
// Of IPv6 only what is routed in public, and of that not what carries an IPv4 address inside.
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
const CARRIES_V4 = new BlockList();
CARRIES_V4.addSubnet('2001::', 32, 'ipv6');
CARRIES_V4.addSubnet('2002::', 16, 'ipv6');

/** Whether an address is one of the public internet. */
export function isPublic(address: string): boolean {
  const kind = isIP(address);
  if (kind === 4) return !INSIDE.check(address, 'ipv4');
  return kind === 6 && PUBLIC_V6.check(address, 'ipv6') && !CARRIES_V4.check(address, 'ipv6');
}

/** Looks a name up and answers public addresses only: what is checked is what is connected to. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 4);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublic(address))) {
      return callback(new RefusedError('its host is not public'), '', 4);
    }
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/** Nothing is fetched from there, now or later. */
class RefusedError extends Error {
  readonly code = 'refused';
}

/**
 * Fetches a file by its address: https, from the allowed hosts alone, never from within the house,
 * each redirect checked anew. What it answers holds no address.
 */
export async function fetchGuarded(ref: string, guard: Guard): Promise<FetchedFile> {
  const signal = AbortSignal.timeout(guard.patience);
  try {
    let url = checked(ref, guard);
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const response = await ask(url, guard, signal);
      const { location } = response.headers;
      const status = response.statusCode ?? 0;
      if (status < 300 || status >= 400 || location === undefined) {
        return await readFile(response, status);
      }
      response.destroy();
      url = checked(new URL(location, url).href, guard);
    }
    return { as: 'gone', why: 'too many redirects' };
  } catch (error) {
    if (error instanceof RefusedError) return { as: 'gone', why: error.message };
    return { as: 'transient', why: 'a download broke off' };
  }
}

function checked(ref: string, { hosts, local }: Guard): URL {
  const url = URL.canParse(ref) ? new URL(ref) : null;
  if (!url || url.username || url.password) throw new RefusedError('no usable address');
  if (local) return url;
  const { protocol, hostname, port } = url;
  if (protocol !== 'https:' || port !== '') throw new RefusedError('it is not on https');
  // An address in numbers never ends in a name.
  const known = hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  if (!known) throw new RefusedError('its host is not an allowed one');
  return url;
}

function ask(url: URL, { local }: Guard, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    request(url, { signal, agent: false, ...(local ? {} : { lookup: lookupPublic }) }, resolve)
      .on('error', reject)
      .end();
  });
}

async function readFile(response: IncomingMessage, status: number): Promise<FetchedFile> {
  if (status !== 200) {
    response.destroy();
    const why = `a download was answered ${status}`;
    return [403, 404, 410].includes(status) ? { as: 'gone', why } : { as: 'transient', why };
  }
  if (Number(response.headers['content-length'] ?? 0) > MOST_BYTES) {
    response.destroy();
    return { as: 'tooLarge' };
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) {
      response.destroy();
      return { as: 'tooLarge' };
    }
    chunks.push(chunk);
  }
  return { as: 'bytes', bytes: Buffer.concat(chunks) };
}
