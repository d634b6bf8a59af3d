import type { ReferenceServer } from '../cases/reference-server.ts';
import type { Decider } from './journey.ts';
import type { Luck } from './luck.ts';
import { persist } from './patience.ts';

/** Decides what the assistant submits, and tells it so until it is told back that it is kept. */
export class AnotherOffice implements Decider {
  readonly #server: ReferenceServer;
  readonly #luck: Luck;

  /** @param luck of its webhooks: one that was taken may be delivered once more */
  constructor(server: ReferenceServer, luck: Luck) {
    this.#server = server;
    this.#luck = luck;
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
    if (this.#luck.again()) await persist(`telling of ${serial} once more`, deliver);
  }
}
