import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a process and its server, and can let both believe that the other is silent. */
export class TcpProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut = false;

  private constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.on('error', () => undefined);
        from.on('data', (chunk) => {
          if (!this.#cut) to.write(chunk);
        });
        // What happens on one side of a cut is not seen on the other.
        from.on('close', () => {
          this.#sockets.delete(from);
          if (!this.#cut) to.destroy();
        });
      }
    });
  }

  /** Before the server of this address. Answers the address of the proxy. */
  static async before(url: string): Promise<{ proxy: TcpProxy; url: string }> {
    const target = new URL(url);
    const proxy = new TcpProxy(Number(target.port));
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    const address = proxy.#server.address();
    if (address === null || typeof address === 'string') throw new Error('There is no port.');
    target.port = String(address.port);
    return { proxy, url: target.href };
  }

  /** From now on nothing passes, and no connection ends. */
  cut(): void {
    this.#cut = true;
  }

  /** What was cut stays so for the connections there were; new ones pass. */
  heal(): void {
    this.#cut = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
