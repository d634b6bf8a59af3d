import { PersonNames } from '../person-names.ts';
import {
  type Activity,
  EXECUTE,
  isGroup,
  languageOf,
  type Pressed,
  pressedIn,
} from './activity.ts';
import { addressOf, writeAddress } from './address.ts';
import type { Card } from './card.ts';
import type { Connection, Outgoing } from './connection.ts';
import { eventsOf } from './events.ts';
import { writeLink } from './files.ts';
import { Groups } from './group.ts';
import { cardWithButtons } from './messages.ts';
import { Newest } from './newest.ts';
import type { TeamsOptions } from './options.ts';
import { teamsTexts } from './texts.ts';
import { troubleOf } from './trouble.ts';

/** What Teams is answered to an Execute: the card that takes the place of the pressed one, or words. */
interface InvokeAnswer {
  statusCode: 200;
  type: 'application/vnd.microsoft.card.adaptive' | 'application/vnd.microsoft.activity.message';
  value: Card | string;
}

/** Takes activities in that came through the gate. */
export class Incoming {
  readonly #options: TeamsOptions;
  readonly #connection: () => Promise<Connection>;
  readonly #newest: Newest<string>;
  readonly #groups: Groups;
  readonly #names: PersonNames;
  /** The address that was kept last for each chat: it hardly ever changes, and is not written again. */
  readonly #kept = new Newest<string>();

  constructor(
    options: TeamsOptions,
    connection: () => Promise<Connection>,
    newest: Newest<string>,
  ) {
    this.#options = options;
    this.#connection = connection;
    this.#newest = newest;
    this.#groups = new Groups(options, connection);
    this.#names = new PersonNames('teams', options);
  }

  /**
   * Resolves once the activity may be acknowledged: where it came from is kept, and its turns are
   * committed. Answers what an Execute has to be answered with, otherwise null.
   *
   * @throws what the store or the intake throws: nothing was kept, and it has to come again
   */
  async take(activity: Activity): Promise<InvokeAnswer | null> {
    const pressed = pressedIn(activity);
    if (isGroup(activity)) {
      this.#groups.answer(activity);
      return null;
    }
    const { intake, store, now = Date.now } = this.#options;
    const { events, links } = eventsOf(activity, now());
    if (events.length === 0) return null;
    await this.#keepAddress(activity);
    this.#names.see(activity.conversation.id, nameOf(activity));
    for (const link of links) await store.keepFileLink(link.ref, writeLink(link));
    if (activity.type === 'message' && !pressed)
      this.#newest.set(activity.conversation.id, activity.id);
    if (links.length > 0) this.#try('typing', activity, (to) => to.send({ type: 'typing' }));
    for (const event of events) await intake.accept(event);
    if (!pressed) return null;
    const spent = await this.#spentCard(activity, pressed);
    if (spent !== null && activity.replyToId !== undefined) {
      const { replyToId } = activity;
      this.#try('spending a card', activity, (to) => to.update(replyToId, spent.message));
    }
    return activity.name === EXECUTE ? answerOf(activity, spent?.card ?? null) : null;
  }

  async #keepAddress(activity: Activity): Promise<void> {
    const chatId = activity.conversation.id;
    const address = writeAddress(addressOf(activity));
    if (this.#kept.get(chatId) === address) return;
    await this.#options.store.keepAddress('teams', chatId, address);
    this.#kept.set(chatId, address);
  }

  /**
   * The card of the pressed button as the transcript knows it, with what can be pressed once spent;
   * null for a button that needs no change, or a line of another chat.
   */
  async #spentCard(
    { conversation }: Activity,
    { token, line }: Pressed,
  ): Promise<{ card: Card; message: Outgoing } | null> {
    const { store } = this.#options;
    const row = await store.conversationByChat('teams', conversation.id);
    if (!row || line === null) return null;
    const [found] = await store.transcript(row.conversationId, line - 1, 1);
    if (found?.id !== line || !found.shown.choices.some((one) => one.token === token)) return null;
    const { shown, language, agentName } = found;
    const author = found.author === 'agent' ? (agentName ?? undefined) : undefined;
    return cardWithButtons({ shown, language, line, author, pressed: token });
  }

  /** What makes a chat pleasant and may fail. */
  #try(
    what: string,
    activity: Activity,
    act: (to: {
      send: (message: Outgoing) => Promise<unknown>;
      update: (id: string, message: Outgoing) => Promise<unknown>;
    }) => Promise<unknown>,
  ): void {
    const address = addressOf(activity);
    const call = async () => {
      const connection = await this.#connection();
      await act({
        send: (message) => connection.send(address, message),
        update: (id, message) => connection.update(address, id, message),
      });
    };
    call().catch((error: unknown) => {
      this.#options.log.debug({ why: troubleOf(error).why }, `${what} did not work`);
    });
  }
}

function answerOf(activity: Activity, card: Card | null): InvokeAnswer {
  if (card)
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  const value = teamsTexts.t('pressed', { lng: languageOf(activity) });
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}

/** Of an installation Teams tells the bot as its sender in some tenants. */
function nameOf({ from, recipient }: Activity): string | undefined {
  return from.id === recipient.id ? undefined : from.name;
}
