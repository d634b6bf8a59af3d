import type { Pauses, TeamsIdentity } from '../../../src/channels/teams/options.ts';
import type { ConnectorServer } from './bot-connector/connector-server.ts';

const PAUSES: Pauses = { call: 2_000, download: 2_000, webhook: 5_000 };

/** What the channel is given to live beside this server. */
export function optionsOf({ identity }: ConnectorServer): TeamsIdentity & { pauses: Pauses } {
  const { appId, password, tenantId, root } = identity;
  return {
    appId,
    signIn: { as: 'singleTenant', password, tenantId },
    identityRoot: root,
    serviceHosts: ['127.0.0.1'],
    fileHosts: ['127.0.0.1'],
    pauses: PAUSES,
  };
}

/** The same as an environment. */
export function settingsOf({ identity }: ConnectorServer): Record<string, string> {
  return {
    TEAMS_APP_ID: identity.appId,
    TEAMS_APP_PASSWORD: identity.password,
    TEAMS_TENANT_ID: identity.tenantId,
    TEAMS_IDENTITY_ROOT: identity.root,
    TEAMS_SERVICE_HOSTS: '127.0.0.1',
    TEAMS_FILE_HOSTS: '127.0.0.1',
  };
}
