import type { Event } from '../../../dialogue/event.ts';
import { zaloTexts } from '../texts.ts';
import type { OaApi } from './api.ts';
import type { Choices } from './choices.ts';
import { type Told, told } from './events.ts';
import type { Clock, OaOptions } from './options.ts';
import { OaEventSchema } from './payload.ts';
import type { People } from './people.ts';
import type { Profiles } from './profiles.ts';
import { whyOf } from './trouble.ts';

/** Older events cannot be told from repeats: event ids are remembered for seven days. */
const OLDEST_MS = 6 * 24 * 3_600_000;

type ToldOf<T extends Told['as']> = Extract<Told, { as: T }>;

/** Takes events in whose signature was right. */
export class Incoming {
  readonly #options: OaOptions;
  readonly #api: OaApi;
  readonly #choices: Choices;
  readonly #people: People;
  readonly #profiles: Profiles;
  readonly #now: Clock;
  #toldOfAnonymous = false;

  constructor(
    options: OaOptions,
    api: OaApi,
    choices: Choices,
    people: People,
    profiles: Profiles,
    now: Clock,
  ) {
    this.#options = options;
    this.#api = api;
    this.#choices = choices;
    this.#people = people;
    this.#profiles = profiles;
    this.#now = now;
  }

  /**
   * Resolves once the event may be confirmed: what follows from it is committed, or nothing does. An
   * event of an unknown shape is confirmed, since it would come again until Zalo gives up on us.
   *
   * @throws what the store and the intake throw: the event has to come again
   */
  async take(raw: unknown): Promise<void> {
    const { log, intake } = this.#options;
    const parsed = OaEventSchema.safeParse(raw);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      log.warn({ field }, 'an event of Zalo was not understood and left out');
      return;
    }
    const now = this.#now();
    if (now - Number(parsed.data.timestamp) > OLDEST_MS) {
      log.warn('an event of Zalo was too old to be told from a repeat, and left out');
      return;
    }
    const what = told(parsed.data, this.#choices, now);
    switch (what.as) {
      case 'event':
        await intake.accept(what.event);
        this.#profiles.look(what.event.chatId);
        return;
      case 'phone':
        return this.#keepPhone(what);
      case 'withdrawal':
        return this.#withdraw(what.userId, now);
      case 'human':
        return this.#takeOver(what, now);
      case 'anonymous':
        this.#warnOfAnonymous();
        return;
      case 'nothing':
        log.debug(
          { event: parsed.data.event_name.slice(0, 40) },
          'an event of Zalo says nothing here',
        );
    }
  }

  async #keepPhone({ userId, phone }: ToldOf<'phone'>): Promise<void> {
    const { store, log } = this.#options;
    await this.#people.keep(userId, { phone });
    const lng = (await store.conversationByChat('zalo-oa', userId))?.language ?? 'vi';
    // It pleases, and may fail.
    this.#api
      .send(userId, { text: zaloTexts.t('phone.thanks', { lng }) })
      .catch((error: unknown) => log.debug({ why: whyOf(error) }, 'thanks did not go out'));
  }

  /** The right to be forgotten: what remains is told by `Store.erasePerson`. */
  async #withdraw(userId: string, at: number): Promise<void> {
    const { store } = this.#options;
    const conversation = await store.conversationByChat('zalo-oa', userId);
    // First the trail: it must not be missing when the process stops half-way.
    if (conversation) {
      await store.audit({
        at,
        actor: 'zalo-oa',
        action: 'person.erase',
        subject: conversation.conversationId,
        detail: 'user_withdraw',
      });
    }
    await this.#people.forget(userId);
    await store.erasePerson('zalo-oa', userId, at);
  }

  /** Who answers in Zalo's own chat tool owns the conversation, unless an agent of the desk does. */
  async #takeOver({ userId, adminId, eventId }: ToldOf<'human'>, at: number): Promise<void> {
    const { config, store, intake } = this.#options;
    if (!config.humansInChatTool) return;
    const conversation = await store.conversationByChat('zalo-oa', userId);
    if (!conversation || conversation.owner.who === 'agent') return;
    const event: Event = {
      eventId,
      at,
      channel: 'zalo-oa',
      chatId: userId,
      type: 'agentActed',
      act: 'takeOver',
      agentId: `zalo:${adminId}`,
      agentName: zaloTexts.t('chatTool', { lng: conversation.language }),
    };
    await intake.accept(event);
  }

  #warnOfAnonymous(): void {
    if (this.#toldOfAnonymous) return;
    this.#toldOfAnonymous = true;
    this.#options.log.warn(
      'Zalo: a visitor without an account wrote, and cannot be answered here. ' +
        'Switch the anonymous chat off in oa.zalo.me.',
    );
  }
}
