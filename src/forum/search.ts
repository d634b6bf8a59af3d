import type { Agenda } from './agenda.ts';
import type { Room } from './room.ts';

const MARK = 'telegram group mark';
const MOST = 200;
/** Processes' clocks differ, and a turn that began before the mark may be committed behind it. */
const SLACK_MS = 10 * 60_000;

/**
 * Finds conversations of whose news nobody was told, as after a stop. What changed before the mark has
 * all been told, so that however many conversations there are, few are looked at.
 */
export class Search {
  readonly #room: Room;
  readonly #agenda: Agenda;
  #mark: number | null = null;
  #nextAt = 0;

  constructor(room: Room, agenda: Agenda) {
    this.#room = room;
    this.#agenda = agenda;
  }

  /** Searches at the next look, from the mark that the store knows by then. */
  begin(): void {
    this.#mark = null;
    this.#nextAt = 0;
  }

  async look(): Promise<void> {
    const { store, now, pauses } = this.#room;
    const at = now();
    if (at < this.#nextAt && at > this.#nextAt - 2 * pauses.search) return;
    this.#nextAt = at + pauses.search;
    this.#mark ??= await this.#kept(at);
    const { behind, unfinished } = await store.forumBehind(this.#mark, MOST);
    for (const id of [...behind, ...unfinished]) this.#agenda.add(id, at);
    if (behind.length === 0 && at - SLACK_MS > this.#mark) {
      this.#mark = at - SLACK_MS;
      await store.putDocument(MARK, String(this.#mark), false);
    }
  }

  /** At the very first start: conversations from now on, and those of the last minutes. */
  async #kept(at: number): Promise<number> {
    const kept = Number((await this.#room.store.document(MARK)) ?? Number.NaN);
    if (!Number.isNaN(kept)) return kept;
    await this.#room.store.putDocument(MARK, String(at - SLACK_MS), false);
    return at - SLACK_MS;
  }
}
