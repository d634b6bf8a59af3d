import type { ZaloOaConfig } from '../../../src/config/zalo.ts';
import type { OaServer } from './oa-server/oa-server.ts';

/** The settings of an assistant that is connected to this server. */
export function configFor(server: OaServer, more: Partial<ZaloOaConfig> = {}): ZaloOaConfig {
  return {
    appId: server.appId,
    appSecret: server.appSecret,
    secretKey: server.events.secretKey,
    apiRoot: server.root,
    oauthRoot: server.root,
    zbsApiRoot: server.root,
    templates: { byUid: null, byPhone: null },
    phoneImageUrl: null,
    humansInChatTool: false,
    buttonTemplate: null,
    appSecretProof: false,
    siteVerification: null,
    fileHosts: ['zdn.vn'],
    filesLocal: true,
    ...more,
  };
}
