import type { ZaloOaConfig } from '../../../config/zalo.ts';
import type { FetchedFile } from '../../contract.ts';
import { safeDownload } from '../../safe-download.ts';

/** Beyond what a photo or an exported file ever has. */
const MOST_BYTES = 20 * 1024 * 1024;

/**
 * Fetches what a person sent, by the address that Zalo told: from the allowed hosts alone, each one
 * itself and what ends in a dot and it. Zalo's hosts tell no type that could be trusted; what a file
 * is, its bytes say later.
 */
export function fetchFile(
  address: string,
  { fileHosts, filesLocal }: Pick<ZaloOaConfig, 'fileHosts' | 'filesLocal'>,
  patience: number,
): Promise<FetchedFile> {
  const isAllowed = (name: string) =>
    fileHosts.some((host) => name === host || name.endsWith(`.${host}`));
  return safeDownload(address, {
    maxBytes: MOST_BYTES,
    timeoutMs: patience,
    allowHost: (name) => filesLocal || isAllowed(name),
    allowPrivate: () => filesLocal,
  });
}
