import { z } from 'zod';
import { address, text, token, yesOrNo } from './fields.ts';

/** Where Zalo keeps what people send. */
const ZALO_FILE_HOSTS = 'zdn.vn,zadn.vn,zalo.me,zaloapp.com,zaloplatforms.com';

const hostNames = text.transform((value, context) => {
  const hosts = value
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (hosts.every((host) => /^(?:[a-z\d-]+\.)+[a-z]{2,}$/.test(host))) return hosts;
  context.addIssue('must be names of hosts with commas between them, such as zdn.vn,zadn.vn');
  return z.NEVER;
});

const templateId = token(/^\d{1,20}$/, 'must be the number of a template in account.zalo.cloud');

export const ZALO_SHAPE = {
  ZALO_OA_APP_ID: token(/^\d+$/, 'must be the number of the app in developers.zalo.me').optional(),
  ZALO_OA_APP_SECRET: text.optional(),
  ZALO_OA_SECRET_KEY: text.optional(),
  ZALO_OA_API_ROOT: address('https://openapi.zalo.me', 'anyPath').optional(),
  ZALO_OA_OAUTH_ROOT: address('https://oauth.zaloapp.com', 'anyPath').optional(),
  ZALO_ZBS_API_ROOT: address('https://business.openapi.zalo.me', 'anyPath').optional(),
  ZALO_ZBS_TEMPLATE_UID: templateId.optional(),
  ZALO_ZBS_TEMPLATE_PHONE: templateId.optional(),
  ZALO_OA_PHONE_IMAGE: address('https://example.vn/phone.png', 'anyPath').optional(),
  ZALO_OA_CHAT_TOOL: yesOrNo.default(false),
  ZALO_OA_BUTTON_TEMPLATE: token(
    /^[a-z_]{1,40}$/,
    'must be a template type, such as button',
  ).optional(),
  ZALO_OA_APPSECRET_PROOF: yesOrNo.default(false),
  ZALO_SITE_VERIFICATION: token(
    /^[\w-]{10,100}$/,
    'must be the code between "zalo_verifier" and ".html", from the domain page of the app',
  ).optional(),
  ZALO_FILE_HOSTS: hostNames.default(ZALO_FILE_HOSTS.split(',')),
  ZALO_FILES_LOCAL: yesOrNo.default(false),
  ZALO_BOT_TOKEN: token(
    /^\d+:\S+$/,
    'must look like 12345:abc…; copy the whole token from Zalo Bot Manager',
  ).optional(),
  ZALO_BOT_API_ROOT: address('https://bot-api.zaloplatforms.com', 'anyPath').optional(),
  ZALO_BOT_WEBHOOK_SECRET: token(
    /^[\x20-\x7e]{8,256}$/,
    'must have 8 to 256 characters, letters without diacritics, digits or signs',
  ).optional(),
};

export interface ZaloBotConfig {
  token: string;
  /** Without a trailing slash; null = Zalo's own. */
  apiRoot: string | null;
  /** What Zalo sends along to the webhook; null = made from the token. */
  webhookSecret: string | null;
}

export interface ZaloOaConfig {
  appId: string;
  /** Makes the app known to Zalo's OAuth. */
  appSecret: string;
  /** Signs what Zalo delivers; not the app's secret. */
  secretKey: string;
  /** Without a trailing slash; null = Zalo's own. */
  apiRoot: string | null;
  oauthRoot: string | null;
  zbsApiRoot: string | null;
  /** Numbers of the templates that tell of a case; null = none is registered. */
  templates: { byUid: string | null; byPhone: string | null };
  /** Picture beside the wish for a phone number; null = none. */
  phoneImageUrl: string | null;
  /** Whether a message with an `admin_id` counts as a take-over. */
  humansInChatTool: boolean;
  /** `template_type` of messages with buttons; null = none. */
  buttonTemplate: string | null;
  /** Whether calls carry a proof of the app's secret. */
  appSecretProof: boolean;
  /** Code of the page by which Zalo sees that the domain is ours. */
  siteVerification: string | null;
  fileHosts: readonly string[];
  /** For tests only: files from this machine, without https. */
  filesLocal: boolean;
}

type Values = z.output<z.ZodObject<typeof ZALO_SHAPE>>;

/** What of the Zalo settings does not go together. */
export function zaloProblems(values: Values): { name: string; problem: string }[] {
  const { ZALO_OA_APP_SECRET: appSecret, ZALO_OA_SECRET_KEY: secretKey } = values;
  if (secretKey === undefined || secretKey !== appSecret) return [];
  const problem =
    "is the same as ZALO_OA_APP_SECRET; it is the OA Secret Key of the app's Webhook page in developers.zalo.me";
  return [{ name: 'ZALO_OA_SECRET_KEY', problem }];
}

/** Null when no Official Account is configured. */
export function zaloOaConfigOf(values: Values): ZaloOaConfig | null {
  const { ZALO_OA_APP_ID: appId, ZALO_OA_APP_SECRET: appSecret } = values;
  const { ZALO_OA_SECRET_KEY: secretKey } = values;
  if (!appId || !appSecret || !secretKey) return null;
  return {
    appId,
    appSecret,
    secretKey,
    apiRoot: values.ZALO_OA_API_ROOT ?? null,
    oauthRoot: values.ZALO_OA_OAUTH_ROOT ?? null,
    zbsApiRoot: values.ZALO_ZBS_API_ROOT ?? null,
    templates: {
      byUid: values.ZALO_ZBS_TEMPLATE_UID ?? null,
      byPhone: values.ZALO_ZBS_TEMPLATE_PHONE ?? null,
    },
    phoneImageUrl: values.ZALO_OA_PHONE_IMAGE ?? null,
    humansInChatTool: values.ZALO_OA_CHAT_TOOL,
    buttonTemplate: values.ZALO_OA_BUTTON_TEMPLATE ?? null,
    appSecretProof: values.ZALO_OA_APPSECRET_PROOF,
    siteVerification: values.ZALO_SITE_VERIFICATION ?? null,
    fileHosts: values.ZALO_FILE_HOSTS,
    filesLocal: values.ZALO_FILES_LOCAL,
  };
}

/** Null when no Zalo bot is configured. */
export function zaloBotConfigOf(values: Values): ZaloBotConfig | null {
  if (!values.ZALO_BOT_TOKEN) return null;
  return {
    token: values.ZALO_BOT_TOKEN,
    apiRoot: values.ZALO_BOT_API_ROOT ?? null,
    webhookSecret: values.ZALO_BOT_WEBHOOK_SECRET ?? null,
  };
}
