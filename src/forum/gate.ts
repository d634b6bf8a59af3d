import { escapeHtml } from '../channels/telegram/render.ts';
import type { Message } from '../channels/telegram/update.ts';
import { Throttle } from '../desk/throttle.ts';
import { readLinkCode } from '../domain/link-code.ts';
import type { AgentRow } from '../store/contract.ts';
import { answer } from './answer.ts';
import type { Room } from './room.ts';

const MINUTE_MS = 60_000;
/** In whose name Telegram shows admins of a group who remain anonymous. */
const ANONYMOUS_ADMIN = 1087968824;
const MOST_CODES = 5;
const CODES_WINDOW_MS = 15 * MINUTE_MS;
/** Whoever is not linked is told so, but not under each message. */
const TOLD_WINDOW_MS = 5 * MINUTE_MS;

/** Knows who in the group is which agent, and lets them become one. */
export class Gate {
  readonly #room: Room;
  readonly #codes = new Throttle(MOST_CODES, CODES_WINDOW_MS);
  readonly #told = new Throttle(1, TOLD_WINDOW_MS);

  constructor(room: Room) {
    this.#room = room;
  }

  /** True when the message was the command that links its sender. */
  async linked({ text = '', from, message_id, message_thread_id }: Message): Promise<boolean> {
    const command = /^\/link(?:@\w+)?(?:\s|$)/i.test(text);
    if (!command || from?.id === undefined || from.is_bot) return false;
    const { people, t, now } = this.#room;
    const place = { threadId: message_thread_id, messageId: message_id };
    const key = String(from.id);
    const code = readLinkCode(text);
    let said = t('say.howToLink');
    if (code !== null && this.#codes.take(key, now()) !== null) said = t('say.tooManyCodes');
    else if (code !== null) {
      const agent = await people.link(code, from.id);
      if (agent) this.#codes.clear(key);
      said = agent ? t('say.linked', { name: agent.name }) : t('say.badCode');
    }
    await answer(this.#room, place, escapeHtml(said));
    return true;
  }

  /** The agent who wrote this; null, and they are told why, when it was none. */
  async agentBehind({ from, message_id, message_thread_id }: Message): Promise<AgentRow | null> {
    const { people, t, now } = this.#room;
    const id = from?.id;
    if (id === undefined || (from?.is_bot && id !== ANONYMOUS_ADMIN)) return null;
    const agent = await people.agentOf(id);
    if (agent || this.#told.take(`${id}:${message_thread_id}`, now()) !== null) return agent;
    const why = t(id === ANONYMOUS_ADMIN ? 'say.anonymous' : 'say.notLinked');
    await answer(
      this.#room,
      { threadId: message_thread_id, messageId: message_id },
      escapeHtml(why),
    );
    return null;
  }
}
