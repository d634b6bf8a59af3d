const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether an address leads to one of these hosts: by https, or by plain http to this machine itself
 * where it is among them (a test's server, the emulator).
 *
 * @param hosts whole names, or suffixes that begin with a dot
 */
export function leadsTo(address: string, hosts: readonly string[]): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || url.username || url.password) return false;
  if (!isAmong(url.hostname, hosts)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

export function isAmong(hostname: string, hosts: readonly string[]): boolean {
  const name = hostname.toLowerCase();
  return hosts.some((host) => (host.startsWith('.') ? name.endsWith(host) : name === host));
}

export function isLoopback(hostname: string): boolean {
  return LOOPBACK.includes(hostname);
}
