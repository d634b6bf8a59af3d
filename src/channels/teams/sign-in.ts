import { ConfidentialClientApplication, ManagedIdentityApplication } from '@azure/msal-node';
import {
  ManagedIdentityServiceClientCredentialsFactory,
  MsalServiceClientCredentialsFactory,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { IdentityNetwork } from './identity-network.ts';
import type { TeamsIdentity } from './options.ts';

type MsalClient = ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1];
type TokenProviders = ConstructorParameters<
  typeof ManagedIdentityServiceClientCredentialsFactory
>[1];
type TokenProvider = ReturnType<TokenProviders['createAzureServiceTokenProvider']>;

/** How the SDK gets the bot's token. Nothing is read from the environment beside what is given. */
export function credentialsOf(
  { appId, signIn, identityRoot }: TeamsIdentity,
  patience: number,
): ServiceClientCredentialsFactory {
  const system = { networkClient: new IdentityNetwork(identityRoot, patience) };
  if (signIn.as === 'singleTenant') {
    const authority = `https://login.microsoftonline.com/${signIn.tenantId}`;
    const client = new ConfidentialClientApplication({
      // The SDK asks for no token without an app id; MSAL is not made without one.
      auth: { clientId: appId || 'local', clientSecret: signIn.password || 'local', authority },
      system,
    });
    // The SDK means the same class by the types of MSAL's other build.
    return new MsalServiceClientCredentialsFactory(appId, client as unknown as MsalClient);
  }
  const identity = new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId: appId },
    system,
  });
  // The SDK's own provider tries whatever sign-in the environment offers; this is the one asked for.
  const provider: Pick<TokenProvider, 'getToken'> = {
    async getToken(scopes) {
      const resource = String(scopes).replace(/\/\.default$/, '');
      const { accessToken, expiresOn } = await identity.acquireToken({ resource });
      return { token: accessToken, expiresOnTimestamp: expiresOn?.getTime() ?? 0 };
    },
  };
  return new ManagedIdentityServiceClientCredentialsFactory(appId, {
    createAzureServiceTokenProvider: () => provider as TokenProvider,
  });
}
