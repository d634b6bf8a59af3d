import { type Event, MAX_TEXT, type Untaken } from '../../src/dialogue/event.ts';
import type { Rendered } from '../../src/words/words.ts';
import { sadpA } from '../conversations/strings.ts';
import { labelPicture } from '../pictures/index.ts';
import type { BadInputsHouse } from './house.ts';

/** The languages of the documents. */
export type Written = 'vi' | 'en';

/** How far somebody has come when the bad input is sent: what is asked for then. */
export const STAGES = ['network', 'serial', 'proof', 'sadpString', 'review', 'sent'] as const;
export type Stage = (typeof STAGES)[number];

const LABEL = { code: 'QWERTY', model: 'DS-2CD2043G2-I', seed: 4 };

/** What a device of its own is called: every case needs one. */
let devices = 0;
function nextSerial(): string {
  devices += 1;
  return `D${12_345_678 + devices - 1}`;
}

/** Somebody with a chat of their own, who waits for each answer. */
export class Person {
  readonly chatId: string;
  readonly language: Written;
  readonly serial: string;
  readonly #house: BadInputsHouse;

  private constructor(house: BadInputsHouse, chatId: string, language: Written, serial: string) {
    this.#house = house;
    this.chatId = chatId;
    this.language = language;
    this.serial = serial;
  }

  /** Comes as far as `stage` with sound answers. */
  static async at(
    house: BadInputsHouse,
    language: Written,
    stage: Stage,
    serial = STAGES.indexOf(stage) < 4 ? 'D12345678' : nextSerial(),
  ): Promise<Person> {
    const chatId = `chat-${house.screens.size}-${language}`;
    const person = new Person(house, chatId, language, serial);
    await person.#goTo(stage);
    return person;
  }

  async #goTo(stage: Stage): Promise<void> {
    const steps = [
      () => this.tell({ type: 'opened', language: this.language }),
      () => this.say('2'),
      () => this.say(this.serial),
      async () => this.photo(await labelPicture({ ...LABEL, serial: this.serial })),
      async () => {
        await this.say(sadpA());
        await this.say('1');
      },
      () => this.say('1'),
    ];
    for (const step of steps.slice(0, STAGES.indexOf(stage) + 1)) await step();
  }

  get screen(): readonly Rendered[] {
    return this.#house.screens.get(this.chatId) ?? [];
  }

  /** Anything the platform may bring; the same `eventId` again is the platform delivering twice. */
  async tell(event: { type: Event['type'] } & Record<string, unknown>): Promise<void> {
    const base = this.#house.base(this.chatId);
    await this.#house.engine.accept({ ...base, ...event } as Event);
    await this.#house.settled();
  }

  say(text: string, more: { messageId?: string; edited?: true; group?: true } = {}): Promise<void> {
    const cut = text.length > MAX_TEXT ? { cut: true } : {};
    return this.tell({ type: 'text', text: text.slice(0, MAX_TEXT), ...cut, ...more });
  }

  /** Presses the newest button, or the first one ever shown, that says so. */
  press(label: string, which: 'newest' | 'oldest' = 'newest'): Promise<void> {
    const shown = this.screen.flatMap(({ choices }) => choices);
    const buttons = which === 'newest' ? shown.toReversed() : shown;
    const found = buttons.find((choice) => choice.label === label);
    if (!found) throw new Error(`No button says "${label}".`);
    return this.tell({ type: 'choice', token: found.token });
  }

  photo(bytes: Uint8Array): Promise<void> {
    return this.#attach('photo', 'photo.jpg', bytes);
  }

  file(name: string, content: Uint8Array | string): Promise<void> {
    return this.#attach('file', name, Buffer.from(content));
  }

  async #attach(kind: 'photo' | 'file', name: string, bytes: Uint8Array): Promise<void> {
    const ref = `file-${this.#house.files.size}`;
    this.#house.files.set(ref, bytes);
    await this.tell({ type: 'attached', files: [{ ref, kind, name }] });
    this.#house.files.delete(ref);
  }

  /** What a channel says of a message that it cannot hand on. */
  untaken(what: Untaken): Promise<void> {
    return this.tell({ type: 'unsupported', what });
  }

  later(milliseconds: number): void {
    this.#house.now += milliseconds;
  }

  /** Somebody else with a chat of their own. */
  another(stage: Stage, serial?: string): Promise<Person> {
    return Person.at(this.#house, this.language, stage, serial);
  }
}
