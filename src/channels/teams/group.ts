import { recogniseSadp } from '../../domain/sadp-string.ts';
import { type Activity, languageOf, textOf } from './activity.ts';
import { addressOf } from './address.ts';
import { card, cardMessage, linesOf } from './card.ts';
import { chatUrl } from './chat-url.ts';
import type { Connection } from './connection.ts';
import { Newest } from './newest.ts';
import type { TeamsOptions } from './options.ts';
import { teamsTexts } from './texts.ts';
import { troubleOf } from './trouble.ts';

/**
 * Group chats and channels. A case has a serial, photos and a secret string: not before an audience.
 * Who mentions the bot there is shown the way to a private chat; nothing of it is kept.
 */
export class Groups {
  readonly #options: TeamsOptions;
  readonly #connection: () => Promise<Connection>;
  /** The last message that was answered in each, since Teams may deliver it again. */
  readonly #answered = new Newest<string>();

  constructor(options: TeamsOptions, connection: () => Promise<Connection>) {
    this.#options = options;
    this.#connection = connection;
  }

  /** Returns at once: an answer that does not go out is asked for again by a mention. */
  answer(activity: Activity): void {
    const { type, id, conversation, membersAdded, recipient } = activity;
    const added =
      type === 'conversationUpdate' && membersAdded?.some((one) => one.id === recipient.id);
    if (type !== 'message' && !added) return;
    if (this.#answered.get(conversation.id) === id) return;
    this.#answered.set(conversation.id, id);
    this.#send(activity).catch((error: unknown) => {
      this.#options.log.debug({ why: troubleOf(error).why }, 'answering a group did not work');
    });
  }

  async #send(activity: Activity): Promise<void> {
    const { appId } = this.#options;
    const lng = languageOf(activity);
    const secret = recogniseSadp(textOf(activity)).kind !== 'none';
    const text = teamsTexts.t(secret ? 'group.secret' : 'group.private', { lng });
    const url = chatUrl(appId);
    const open = { type: 'Action.OpenUrl', title: teamsTexts.t('group.open', { lng }), url };
    const body = [
      ...linesOf(text),
      ...(url === null ? [] : [{ type: 'ActionSet', actions: [open] }]),
    ];
    const connection = await this.#connection();
    await connection.send(addressOf(activity), cardMessage(card(body), text));
  }
}
