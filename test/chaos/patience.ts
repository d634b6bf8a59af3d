import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than any row of lives that end before anything comes of them. */
export const GIVE_UP_MS = 600_000;

/**
 * Repeats until it succeeds: the assistant is down half of the time here.
 * @throws the last error, when it never succeeds
 */
export async function persist<T>(what: string, attempt: () => Promise<T>): Promise<T> {
  const until = Date.now() + GIVE_UP_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw new Error(`${what}: given up`, { cause: error });
      await sleep(40);
    }
  }
}

/** A request was answered, but not with success. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    super(`answered ${status}: ${body.slice(0, 200)}`);
    this.name = 'Refused';
    this.status = status;
  }
}

/** @throws Refused, or what fetch throws while nobody listens or once the signal comes */
export async function ask(
  url: string,
  init: RequestInit = {},
  signal = AbortSignal.timeout(10_000),
): Promise<Response> {
  const response = await fetch(url, { ...init, signal });
  if (!response.ok) throw new Refused(response.status, await response.text());
  return response;
}
