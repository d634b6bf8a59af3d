import {
  type Activity as BotActivity,
  CloudAdapter,
  type ConversationReference,
  type TurnContext,
} from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConfiguration,
  AuthenticationError,
  BotFrameworkAuthenticationFactory,
} from 'botframework-connector';
import type { Address } from './address.ts';
import type { Connection, Identity } from './connection.ts';
import { ConnectorError, connectorHttp } from './connector-http.ts';
import type { Pauses, TeamsIdentity } from './options.ts';
import { credentialsOf } from './sign-in.ts';

// The public cloud, as "Authenticate requests with the Bot Connector API" names it.
const LOGIN_URL = 'https://login.microsoftonline.com/botframework.com';
const SCOPE = 'https://api.botframework.com';
/** Who signs what Teams delivers. The SDK would also take what other bots and emulators sign. */
const ISSUER = 'https://api.botframework.com';
const OAUTH_URL = 'https://api.botframework.com';
const CHANNEL_KEYS = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
/** What stands for `CHANNEL_KEYS` below an identity root. */
const KEYS_PATH = '/v1/.well-known/openidconfiguration';

/**
 * The Bot Framework SDK, and the one file that makes it: loaded when Teams is served, since it is
 * large. Every address is given to it, so that it looks for none in the environment.
 */
export function openBotFramework(identity: TeamsIdentity, pauses: Pauses): Connection {
  const { appId, identityRoot } = identity;
  const credentials = credentialsOf(identity, pauses.call);
  // The SDK would check tokens of other bots and of emulators by keys of their own, fetched on the
  // word of whoever sent one. By the channel's keys they are nobody's.
  const keys = identityRoot === null ? CHANNEL_KEYS : identityRoot + KEYS_PATH;
  const authentication = BotFrameworkAuthenticationFactory.create(
    '',
    true,
    LOGIN_URL,
    SCOPE,
    ISSUER,
    OAUTH_URL,
    keys,
    keys,
    '',
    credentials,
    new AuthenticationConfiguration(),
    undefined,
    { httpClient: connectorHttp(pauses.call) },
  );
  const adapter = new CloudAdapter(authentication);

  async function within<T>(address: Address, act: (context: TurnContext) => Promise<T>) {
    let result: T | undefined;
    const turn = async (context: TurnContext) => {
      // The SDK makes this activity up; what is sent would go out as a reply to it.
      delete context.activity.id;
      result = await act(context);
    };
    try {
      await adapter.continueConversationAsync(appId, referenceOf(address), turn);
    } catch (error) {
      // The SDK would go on showing a token that Teams takes no more until it expires.
      if (error instanceof ConnectorError && error.status === 401) await token(true);
      throw error;
    }
    return result;
  }

  async function token(renewed: boolean): Promise<string> {
    const found = await credentials.createCredentials(appId, SCOPE, LOGIN_URL, true);
    return found instanceof AppCredentials && appId !== '' ? found.getToken(renewed) : '';
  }

  return {
    async identify({ channelId, serviceUrl }, authorization): Promise<Identity> {
      try {
        const activity = { type: 'message', channelId, serviceUrl } as BotActivity;
        const { claimsIdentity } = await authentication.authenticateRequest(
          activity,
          authorization,
        );
        if (claimsIdentity.getClaimValue('iss') !== ISSUER) return { as: 'unknown' };
        return { as: 'known', serviceUrl: claimsIdentity.getClaimValue('serviceurl') };
      } catch (error) {
        return { as: isOurTrouble(error) ? 'unknowable' : 'unknown' };
      }
    },
    async send(address, activity) {
      const sent = await within(address, (context) => context.sendActivity(activity));
      return sent?.id ?? '';
    },
    async update(address, messageId, activity) {
      await within(address, (context) => context.updateActivity({ ...activity, id: messageId }));
    },
    token: () => token(false),
  };
}

function referenceOf(address: Address): Partial<ConversationReference> {
  const { serviceUrl, channelId, conversationId, tenantId, botId, userId } = address;
  return {
    serviceUrl,
    channelId,
    conversation: {
      id: conversationId,
      conversationType: 'personal',
      isGroup: false,
      name: '',
      ...(tenantId === null ? {} : { tenantId }),
    },
    bot: { id: botId, name: '' },
    user: { id: userId, name: '' },
  };
}

/** Whether the keys could not be fetched; everything else is the caller's. */
function isOurTrouble(error: unknown): boolean {
  if (error instanceof AuthenticationError) return Number(error.statusCode) >= 500;
  return error instanceof Error && error.name === 'FetchError';
}
