import { networkInterfaces } from 'node:os';

/** A way into a network, by its IPv4 address. */
export interface LanInterface {
  name: string;
  address: string;
}

/** The system's own choice of an interface: where it does not tell which there are. */
export const ANY: LanInterface = { name: '*', address: '0.0.0.0' };

/**
 * The interfaces that a scan goes out on: every one with an IPv4 address, this machine's loopback
 * aside. Android may refuse to list them; then the system chooses.
 */
export function lanInterfaces(list: typeof networkInterfaces = networkInterfaces): LanInterface[] {
  let all: ReturnType<typeof networkInterfaces>;
  try {
    all = list();
  } catch {
    return [ANY];
  }
  return Object.entries(all).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ name, address })),
  );
}
