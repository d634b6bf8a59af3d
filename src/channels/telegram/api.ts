import { Api } from 'grammy';
import type { Pauses, TelegramOptions } from './options.ts';

const TELEGRAM = 'https://api.telegram.org';

/** The Bot API, and where its files are. */
export interface BotApi {
  /** For calls that are answered at once. */
  calls: Api;
  /** For asking for updates, which Telegram may answer late. */
  polls: Api;
  /** The number that begins the token. */
  botId: string;
  /** Address of a file; it holds the token, so it goes to `fetch` and nowhere else. */
  fileUrl(path: string): URL;
}

export function openApi(
  { token, apiRoot }: Pick<TelegramOptions, 'token' | 'apiRoot'>,
  pauses: Pauses,
): BotApi {
  const root = apiRoot ?? TELEGRAM;
  const seconds = (ms: number) => ms / 1000;
  // `sensitiveLogs` stays off: errors of grammY then hold no address, which would hold the token.
  const calls = new Api(token, { apiRoot: root, timeoutSeconds: seconds(pauses.call) });
  const polls = new Api(token, {
    apiRoot: root,
    timeoutSeconds: seconds(pauses.poll + pauses.call),
  });
  return {
    calls,
    polls,
    botId: token.split(':')[0] ?? '',
    fileUrl: (path) => new URL(`${root}/file/bot${token}/${path}`),
  };
}
