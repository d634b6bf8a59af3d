import type { ReferenceServer } from '../cases/reference-server.ts';
import type { Decider } from './journey.ts';
import { persist } from './patience.ts';

/** Decides what the assistant submits, and tells it so until it is told back that it is kept. */
export class AnotherOffice implements Decider {
  readonly #server: ReferenceServer;
  readonly #again: () => boolean;

  /** @param again whether a webhook that was taken is delivered once more */
  constructor(server: ReferenceServer, again: () => boolean) {
    this.#server = server;
    this.#again = again;
  }

  async approves(serial: string): Promise<void> {
    const caseId = await persist(`a submission of ${serial}`, async () => {
      const [found] = this.#server.bySerial(serial);
      if (!found) throw new Error('not yet');
      return found.submission.caseId;
    });
    const webhook = this.#server.signed(
      this.#server.change(caseId, { status: 'unbound', by: 'Hoa' }),
    );
    const deliver = async () => {
      const status = await this.#server.deliver(webhook);
      if (status !== 200) throw new Error(`answered ${status}`);
    };
    await persist(`telling of ${serial}`, deliver);
    if (this.#again()) await persist(`telling of ${serial} once more`, deliver);
  }
}
