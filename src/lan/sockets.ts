import { createSocket, type Socket } from 'node:dgram';

/** Group and port of SADP discovery. */
export const GROUP = '239.255.255.250';
export const SADP_PORT = 37_020;

export type Hear = (packet: Uint8Array, sender: string) => void;

/** A socket of this scan: its owner closes it. `onError` hears what happens after it was opened. */
async function openSocket(
  bind: { address?: string; port: number },
  hear: Hear,
  onError: (error: Error) => void,
): Promise<Socket> {
  // Shared: SADP itself, or another scan, may be running on this machine.
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (packet, from) => hear(packet, from.address));
  await new Promise<void>((opened, failed) => {
    socket.once('error', failed);
    socket.bind({ ...bind, exclusive: true }, () => {
      socket.off('error', failed);
      opened();
    });
  }).catch((error: unknown) => {
    socket.close();
    throw error;
  });
  socket.on('error', onError);
  return socket;
}

/**
 * Sends on one interface, and hears the devices that answer the sender alone.
 * @throws Error of the system when the interface is gone or may not be used
 */
export async function openSender(
  address: string,
  hear: Hear,
  onError: (error: Error) => void,
): Promise<Socket> {
  const socket = await openSocket({ address, port: 0 }, hear, onError);
  try {
    socket.setMulticastTTL(1);
    if (address !== '0.0.0.0') socket.setMulticastInterface(address);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

/**
 * Hears the devices that answer everybody, on each of these interfaces.
 * @throws Error of the system when the port may not be shared, or no interface takes part
 */
export async function openListener(
  addresses: readonly string[],
  port: number,
  hear: Hear,
  onError: (error: Error) => void,
): Promise<Socket> {
  const socket = await openSocket({ port }, hear, onError);
  let joined = 0;
  let refused: unknown = new Error('no interface takes part');
  for (const address of addresses) {
    try {
      if (address === '0.0.0.0') socket.addMembership(GROUP);
      else socket.addMembership(GROUP, address);
      joined += 1;
    } catch (error) {
      refused = error;
    }
  }
  if (joined > 0) return socket;
  socket.close();
  throw refused;
}
