import { createSocket, type Socket } from 'node:dgram';

export const GROUP = '239.255.255.250';

/** What a simulated device says; values as firmware writes them. */
export interface Spoken {
  serial: string;
  model?: string;
  ip?: string;
  mac?: string;
  more?: Record<string, string>;
}

/** A reply in the shape of captured ones. */
export function replyOf({ serial, model, ip, mac, more = {} }: Spoken): string {
  const elements = {
    Uuid: 'e8ecfe09-90e4-44c0-842b-703f46b58c81',
    Types: 'inquiry',
    ...(model === undefined ? {} : { DeviceDescription: model }),
    DeviceSN: serial,
    CommandPort: '8000',
    ...(mac === undefined ? {} : { MAC: mac }),
    ...(ip === undefined ? {} : { IPv4Address: ip }),
    ...more,
  };
  const lines = Object.entries(elements).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ProbeMatch>\n${lines.join('\n')}\n</ProbeMatch>\n`;
}

export type Answers = 'multicast' | 'unicast' | 'both';

/**
 * Devices on one interface: each answers an inquiry with a packet of its own, to everybody or to
 * the asker. Everything that was ever sent to them is remembered.
 */
export class SimulatedDevices {
  readonly heard: string[] = [];
  #socket: Socket | null = null;

  /**
   * @param answers how device n answers
   * @param inquiry the only version that they understand; either one by default
   */
  static async start(
    address: string,
    port: number,
    replies: readonly (string | Uint8Array)[],
    {
      answers = () => 'both',
      inquiry,
    }: { answers?: (n: number) => Answers; inquiry?: string } = {},
  ): Promise<SimulatedDevices> {
    const devices = new SimulatedDevices();
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    devices.#socket = socket;
    socket.on('message', (packet, from) => {
      const text = packet.toString();
      if (!text.includes('<Probe>')) return;
      devices.heard.push(text);
      const types = /<Types>([^<]*)<\/Types>/.exec(text)?.[1] ?? '';
      if (inquiry ? types !== inquiry : !/^inquiry/.test(types)) return;
      for (const [n, reply] of replies.entries()) {
        const how = answers(n);
        if (how !== 'unicast') socket.send(reply, port, GROUP);
        if (how !== 'multicast') socket.send(reply, from.port, from.address);
      }
    });
    await new Promise<void>((done, failed) => {
      socket.once('error', failed);
      socket.bind({ port, exclusive: true }, () => done());
    });
    socket.addMembership(GROUP, address);
    socket.setMulticastInterface(address);
    socket.setMulticastTTL(1);
    return devices;
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => this.#socket?.close(() => done()) ?? done());
  }
}
