import type { INetworkModule, NetworkRequestOptions } from '@azure/msal-node';

/** Where tokens come from: Entra ID, and the metadata service of a machine in Azure. */
const ISSUERS = ['https://login.microsoftonline.com', 'http://169.254.169.254'];

type Answer<T> = { headers: Record<string, string>; body: T; status: number };

/**
 * How MSAL reaches the identity provider: with an end to its patience, and at another address where
 * the operator names one. MSAL itself takes no authority by plain http, which a server on this
 * machine would have.
 */
export class IdentityNetwork implements INetworkModule {
  readonly #root: string | null;
  readonly #patience: number;

  constructor(root: string | null, patience: number) {
    this.#root = root;
    this.#patience = patience;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<Answer<T>> {
    return this.#ask<T>('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<Answer<T>> {
    return this.#ask<T>('POST', url, options);
  }

  async #ask<T>(
    method: 'GET' | 'POST',
    url: string,
    { headers = {}, body }: NetworkRequestOptions = {},
  ): Promise<Answer<T>> {
    const issuer = ISSUERS.find((one) => url.startsWith(`${one}/`));
    const address = this.#root && issuer ? this.#root + url.slice(issuer.length) : url;
    const response = await fetch(address, {
      method,
      headers,
      ...(method === 'POST' && body !== undefined ? { body } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(this.#patience),
    });
    return {
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as T,
      status: response.status,
    };
  }
}
