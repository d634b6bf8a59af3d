import type { Effect } from '../../../src/dialogue/effect.ts';
import type { Event } from '../../../src/dialogue/event.ts';
import type { DueEffect, Settlement, Store } from '../../../src/store/contract.ts';
import { DAY, type Decision, deciding, NOW, text } from '../turns.ts';

/** A place where stores are opened: what one has written, the next one finds. */
export interface Place {
  open(): Promise<Store>;
  remove(): Promise<void>;
}

export const agent = {
  agentId: 'a1',
  name: 'Lan',
  login: 'lan',
  passwordHash: 'scrypt$1$1$1$a$b',
  role: 'agent' as const,
};

/** The store under test, new for each test, and what tests do with it. */
export class TestBed {
  readonly engine: string;
  readonly makePlace: () => Promise<Place>;
  #place: Place | null = null;
  #store: Store | null = null;

  constructor(engine: string, makePlace: () => Promise<Place>) {
    this.engine = engine;
    this.makePlace = makePlace;
  }

  get store(): Store {
    if (!this.#store) throw new Error('There is no store outside of a test.');
    return this.#store;
  }

  async setUp(): Promise<void> {
    this.#place = await this.makePlace();
    this.#store = await this.#place.open();
  }

  async tearDown(): Promise<void> {
    await this.store.close();
    await this.#place?.remove();
  }

  async reopen(): Promise<void> {
    await this.store.close();
    this.#store = (await this.#place?.open()) ?? null;
  }

  /** Commits one turn and answers its conversation and the effects it wrote. */
  async run(
    decision: Decision = {},
    event: Event = text(),
    settlements: Settlement[] = [],
  ): Promise<{ conversationId: string; effects: DueEffect[] }> {
    const [outcome] = await this.store.commit([event], deciding(decision), settlements);
    if (outcome?.outcome !== 'done') throw new Error('The event was a duplicate.');
    return outcome;
  }

  async settle(...settlements: Settlement[]): Promise<void> {
    await this.store.commit([], deciding(), settlements);
  }

  /** The one effect of a turn that says one thing. */
  async send(effect: Effect, event: Event = text()): Promise<DueEffect> {
    const { effects } = await this.run({ effects: [effect] }, event);
    const [due] = effects;
    if (!due) throw new Error('The turn wrote no effect.');
    return due;
  }

  async idsDue(now = NOW + DAY): Promise<number[]> {
    return (await this.store.dueEffects(now, 100)).map(({ effectId }) => effectId);
  }

  async deliveries(conversationId: string): Promise<string[]> {
    const lines = await this.store.transcript(conversationId, 0, 100);
    return lines.map((line) => `${line.shown.text} ${line.delivery}`);
  }
}
