import { setTimeout as sleep } from 'node:timers/promises';
import { openApi } from '../channels/telegram/api.ts';
import { PAUSES } from '../channels/telegram/options.ts';
import { Duty } from '../engine/duty.ts';
import { Agenda } from './agenda.ts';
import { Cards } from './card.ts';
import type { ForumDoor } from './door.ts';
import { Group } from './group.ts';
import { ForumIncoming } from './incoming.ts';
import { Mirror } from './mirror.ts';
import { FORUM_PAUSES, type ForumOptions } from './options.ts';
import { Pacer } from './pacer.ts';
import type { Room } from './room.ts';
import { Search } from './search.ts';
import { forumTexts } from './texts.ts';
import type { Told } from './told.ts';
import { Topics } from './topics.ts';

/**
 * The agents' Telegram group: conversations are mirrored into topics, and what agents do there is done
 * as at the desk. One process of all works at it, one thing after the other, apart from the lanes of
 * installers: whatever Telegram does to the group, they do not wait.
 */
export class Forum {
  readonly #room: Room;
  readonly #live: ForumOptions['live'];
  readonly #duty: Duty;
  readonly #agenda = new Agenda();
  readonly #incoming: ForumIncoming;
  readonly #mirror: Mirror;
  readonly #search: Search;
  #wake = new AbortController();
  #stopHearing = () => {};

  constructor(options: ForumOptions, door: ForumDoor) {
    const { language, publicUrl, store, log, now = Date.now } = options;
    const pauses = { ...FORUM_PAUSES, ...options.pauses };
    const api = openApi(options, { ...PAUSES, call: pauses.call });
    const pacer = new Pacer(now);
    this.#room = {
      ...options,
      api,
      pacer,
      group: new Group({ api: api.calls, door, pacer, log, pauses }),
      topics: new Topics(store),
      cards: new Cards(language, publicUrl),
      t: forumTexts(language),
      pauses,
      now,
      news: (conversationId) => this.#hear(conversationId),
    };
    this.#live = options.live;
    this.#duty = new Duty(store, 'telegram group');
    this.#incoming = new ForumIncoming(this.#room);
    this.#mirror = new Mirror(this.#room);
    this.#search = new Search(this.#room, this.#agenda);
    door.onKept = () => this.#wake.abort();
  }

  start(): void {
    this.#stopHearing = this.#live.subscribe((id) => this.#hear(id));
    this.#duty.start((signal) => this.#run(signal));
  }

  async stop(): Promise<void> {
    this.#stopHearing();
    await this.#duty.stop();
  }

  #hear(conversationId: string): void {
    const { now, pauses } = this.#room;
    this.#agenda.add(conversationId, now() + pauses.gather);
    this.#wake.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    let begun = false;
    while (!signal.aborted) {
      try {
        if (!begun) await this.#begin(signal);
        begun = true;
        const worked = await this.#incoming.work();
        const ms = await this.#tellNext();
        if (!worked && ms > 0) await this.#rest(ms, signal);
      } catch (error) {
        // The store does not answer, which others say more of.
        const why = error instanceof Error ? error.name : 'error';
        this.#room.log.warn({ why }, "the agents' Telegram group has to wait");
        await this.#rest(this.#room.pauses.firstRetry, signal);
      }
    }
  }

  /** Another process may have been at it meanwhile. */
  async #begin(signal: AbortSignal): Promise<void> {
    await this.#room.group.begin(signal);
    this.#search.begin();
  }

  /** Tells one conversation's next step. Answers in how many milliseconds there may be another. */
  async #tellNext(): Promise<number> {
    const { now, pauses, pacer, log } = this.#room;
    await this.#search.look();
    // Who comes first is chosen when there is room, not before.
    const full = pacer.waitMs(1);
    if (full > 0) return Math.min(pauses.idle, full);
    const id = await this.#agenda.take(now(), (ids) => this.#withHuman(ids));
    if (id === null) {
      const at = this.#agenda.nextAt() ?? Number.POSITIVE_INFINITY;
      return Math.min(pauses.idle, Math.max(1, at - now()));
    }
    const told = await this.#mirror.tell(id).catch((error: unknown): Told => {
      // One conversation that cannot be told must not keep the others from it.
      const why = error instanceof Error ? error.name : 'error';
      log.error({ why }, "a conversation could not be told to the agents' Telegram group");
      return { as: 'more', at: now() + pauses.longest };
    });
    if (told.as === 'more') this.#agenda.add(id, told.at);
    return 0;
  }

  async #withHuman(ids: readonly string[]): Promise<Set<string>> {
    // Nobody's inbox: whether it was read does not matter here.
    const rows = await this.#room.store.inbox('', { ids });
    const waiting = rows.filter(({ owner }) => owner.who !== 'bot');
    return new Set(waiting.map(({ conversationId }) => conversationId));
  }

  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    const until = AbortSignal.any([signal, this.#wake.signal]);
    await sleep(ms, undefined, { signal: until }).catch(() => undefined);
    this.#wake = new AbortController();
  }
}
