import type { FastifyPluginAsync } from 'fastify';
import type { Channel } from './channels/contract.ts';
import type { TeamsOptions } from './channels/teams/options.ts';
import { createTeamsChannel } from './channels/teams/teams-channel.ts';
import type { TelegramOptions } from './channels/telegram/options.ts';
import { createTelegramChannel } from './channels/telegram/telegram-channel.ts';
import { defaultSecret, WEBHOOK_PATH } from './channels/telegram/webhook.ts';
import type { ZaloBotOptions } from './channels/zalo/bot/options.ts';
import {
  WEBHOOK_PATH as ZALO_BOT_PATH,
  defaultSecret as zaloBotSecret,
} from './channels/zalo/bot/webhook.ts';
import { createZaloBotChannel } from './channels/zalo/bot/zalo-bot-channel.ts';
import { createOaChannel } from './channels/zalo/oa/oa-channel.ts';
import type { OaOptions } from './channels/zalo/oa/options.ts';
import type { TeamsConfig } from './config/teams.ts';
import type { ZaloBotConfig, ZaloOaConfig } from './config/zalo.ts';
import type { Config, TelegramConfig } from './config.ts';
import type { Store } from './store/contract.ts';

/** A messenger, and what it answers over HTTP. */
export interface Platform {
  channel: Channel;
  routes: FastifyPluginAsync;
}

/** What a messenger needs of the house, whichever it is. */
export type Doors = Omit<TelegramOptions, 'token' | 'apiRoot' | 'webhook' | 'pauses'> &
  Omit<ZaloBotOptions, 'token' | 'apiRoot' | 'webhook' | 'pauses'> &
  Omit<OaOptions, 'config' | 'pauses' | 'otherChannels'> &
  Omit<TeamsOptions, keyof TeamsConfig | 'pauses'> & { store: Pick<Store, 'routesOf'> };

/** The messengers that the configuration names; with none, the web chat is alone. */
export function connectPlatforms(config: Config, doors: Doors) {
  const telegram = config.telegram && connectTelegram(config.telegram, doors);
  const zaloBot = config.zaloBot && connectZaloBot(config.zaloBot, doors);
  const zaloOa = config.zaloOa && connectZaloOa(config.zaloOa, doors);
  const teams = config.teams && createTeamsChannel({ ...doors, ...config.teams });
  const platforms: Platform[] = [telegram, zaloBot, zaloOa, teams].filter((one) => one !== null);
  return { platforms, zaloOa: zaloOa?.connection ?? null };
}

/** With a public address Telegram delivers; without one it is asked. */
function connectTelegram({ token, apiRoot, webhookSecret }: TelegramConfig, doors: Doors) {
  const { publicUrl } = doors;
  const webhook = publicUrl?.startsWith('https:')
    ? { url: publicUrl + WEBHOOK_PATH, secret: webhookSecret ?? defaultSecret(token) }
    : null;
  return createTelegramChannel({ ...doors, token, apiRoot, webhook });
}

/** Where Zalo takes nothing any more, news may go to another chat of the same account. */
function connectZaloOa(config: ZaloOaConfig, doors: Doors) {
  const otherChannels = async (conversationId: string) => {
    const { others } = await doors.store.routesOf(conversationId);
    return others.map(({ channel }) => channel);
  };
  return createOaChannel({ ...doors, config, otherChannels });
}

/** With a public https address Zalo delivers; without one it is asked, which may lose messages. */
function connectZaloBot({ token, apiRoot, webhookSecret }: ZaloBotConfig, doors: Doors) {
  const { publicUrl } = doors;
  const webhook = publicUrl?.startsWith('https:')
    ? { url: publicUrl + ZALO_BOT_PATH, secret: webhookSecret ?? zaloBotSecret(token) }
    : null;
  return createZaloBotChannel({ ...doors, token, apiRoot, webhook });
}
