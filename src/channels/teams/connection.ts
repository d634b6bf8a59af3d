import type { Activity as BotActivity } from 'botbuilder';
import type { Activity } from './activity.ts';
import type { Address } from './address.ts';

/** An activity to be sent. */
export type Outgoing = Partial<BotActivity>;

/** Who delivers an activity, by the token that came along. */
export type Identity =
  /** The Bot Framework, for this bot, from the service that the token names. */
  | { as: 'known'; serviceUrl: string | null }
  | { as: 'unknown' }
  /** The keys to check it with cannot be had now. */
  | { as: 'unknowable' };

/** Teams, as the rest of this folder knows it. Another SDK would be put behind this. */
export interface Connection {
  identify(
    activity: Pick<Activity, 'channelId' | 'serviceUrl'>,
    authorization: string,
  ): Promise<Identity>;
  /** Answers the message's id. Throws ConnectorError, or what the sign-in throws. */
  send(address: Address, activity: Outgoing): Promise<string>;
  update(address: Address, messageId: string, activity: Outgoing): Promise<void>;
  /** The bot's own token, for pictures that Teams keeps. Goes to no host but Teams' own. */
  token(): Promise<string>;
}
