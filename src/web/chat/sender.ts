import { type Answer, send } from './api.ts';
import type { Action, Outgoing, Pending } from './conversation.ts';
import { downscale } from './downscale.ts';
import { makeId } from './ids.ts';
import type { Language } from './texts.ts';
import type { UnsentMessages } from './unsent.ts';

/** Pauses before what found no server is sent again. */
const PAUSES = [2_000, 5_000, 10_000, 20_000];
/** How long an accepted message is shown when its line does not come. */
const SETTLE = 2_500;

export interface SenderOptions {
  dispatch: (action: Action) => void;
  /** Opens a session anew when the server knows none; true when it did. */
  renew: () => Promise<boolean>;
  language: () => Language;
  unsent: UnsentMessages;
}

/**
 * Sends messages one after the other, in the order in which they were written. One that finds no
 * server waits with all behind it and goes out again under the same id; one that was refused is
 * marked and lets the next one pass. All of them outlive the page until the server has confirmed.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #queue: Pending[] = [];
  /** Ids of this page's messages, those that were refused included. */
  readonly #known = new Set<string>();
  /** Photos as they are sent, so that sending again does not make them anew. */
  readonly #prepared = new WeakMap<Outgoing, Promise<Outgoing>>();
  #underWay: { id: string; cancel: AbortController } | null = null;
  #busy = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Shows the message and sends it when its turn comes. */
  add(what: Outgoing, id: string = makeId(), at = Date.now()): void {
    void this.#options.unsent.keep({ id, at, what });
    this.#show({ id, at, what, state: 'sending', progress: null, sentence: null, seen: false });
  }

  /** Takes up what an earlier page could not send. */
  async takeUp(): Promise<void> {
    for (const { id, at, what } of await this.#options.unsent.all()) {
      if (this.#known.has(id)) continue;
      this.#show({ id, at, what, state: 'sending', progress: null, sentence: null, seen: false });
    }
  }

  again(pending: Pending): void {
    if (!this.#queue.some((one) => one.id === pending.id)) this.#queue.push(pending);
    void this.go();
  }

  /** Forgets a message; one that is being uploaded is stopped. */
  drop(id: string): void {
    const index = this.#queue.findIndex((one) => one.id === id);
    if (index >= 0) this.#queue.splice(index, 1);
    if (this.#underWay?.id === id) this.#underWay.cancel.abort();
    void this.#options.unsent.forget(id);
    this.#options.dispatch({ do: 'forget', id });
  }

  /** Sends what waits; does nothing while it is at it already. */
  async go(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      this.#mark(head.id, 'sending');
      const answer = await this.#send(head);
      const place = this.#queue.indexOf(head);
      // Dropped meanwhile.
      if (place < 0) continue;
      if (answer.as === 'offline' || answer.as === 'noSession' || answer.as === 'later') {
        this.#wait(answer);
        break;
      }
      this.#failures = 0;
      this.#queue.splice(place, 1);
      this.#finish(head.id, answer);
    }
    this.#busy = false;
  }

  #show(pending: Pending): void {
    this.#known.add(pending.id);
    this.#options.dispatch({ do: 'add', pending });
    this.#queue.push(pending);
    void this.go();
  }

  #wait(answer: Exclude<Answer, { as: 'done' | 'refused' }>): void {
    const sentence = answer.as === 'later' ? answer.sentence : null;
    for (const one of this.#queue) this.#mark(one.id, 'waiting', sentence);
    const pause = PAUSES[Math.min(this.#failures, PAUSES.length - 1)] ?? 20_000;
    this.#failures += 1;
    const asked = answer.as === 'later' && answer.seconds !== null ? answer.seconds * 1000 : pause;
    this.#timer = setTimeout(() => void this.go(), asked);
  }

  async #send(head: Pending): Promise<Answer> {
    const { language, renew } = this.#options;
    const cancel = new AbortController();
    this.#underWay = { id: head.id, cancel };
    const ready = this.#prepared.get(head.what) ?? prepare(head.what);
    this.#prepared.set(head.what, ready);
    const what = await ready;
    const uploading = {
      signal: cancel.signal,
      progress: (part: number) =>
        this.#options.dispatch({ do: 'progress', id: head.id, progress: part }),
    };
    const attempt = () => send(head.id, what, language(), uploading);
    const answer = await attempt();
    const again = answer.as === 'noSession' && (await renew());
    const last = again ? await attempt() : answer;
    this.#underWay = null;
    return last;
  }

  #finish(id: string, answer: Answer): void {
    if (answer.as === 'refused') {
      this.#mark(id, 'failed', answer.sentence);
      return;
    }
    void this.#options.unsent.forget(id);
    if (answer.as === 'done' && answer.known) {
      this.#options.dispatch({ do: 'forget', id });
      return;
    }
    this.#mark(id, 'accepted');
    setTimeout(() => this.#options.dispatch({ do: 'forget', id }), SETTLE);
  }

  #mark(id: string, state: Pending['state'], sentence: string | null = null): void {
    this.#options.dispatch({ do: 'mark', id, state, sentence });
  }
}

/** One photo after the other: decoded ones are large. */
async function prepare(what: Outgoing): Promise<Outgoing> {
  if (what.type !== 'photos') return what;
  const files: File[] = [];
  for (const file of what.files) files.push(await downscale(file));
  return { ...what, files };
}
