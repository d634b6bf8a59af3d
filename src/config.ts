import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { address, text, token, yesOrNo } from './config/fields.ts';
import { TEAMS_SHAPE, type TeamsConfig, teamsConfigOf, teamsProblems } from './config/teams.ts';
import { warningsOf } from './config/warnings.ts';
import {
  ZALO_SHAPE,
  type ZaloBotConfig,
  type ZaloOaConfig,
  zaloBotConfigOf,
  zaloOaConfigOf,
  zaloProblems,
} from './config/zalo.ts';

/** Variables whose value may be shown in an error. Every other one may carry a secret. */
const SHOWN = new Set([
  'PORT',
  'METRICS_PORT',
  'HOST',
  'LOG_LEVEL',
  'STORAGE_DIR',
  'TELEGRAM_AGENTS_GROUP',
  'TELEGRAM_AGENTS_LANGUAGE',
  'TEAMS_LOCAL',
  'TEAMS_APP_TYPE',
  'CASE_BACKEND_VERIFIES',
  'ZALO_OA_CHAT_TOOL',
  'ZALO_OA_APPSECRET_PROOF',
  'ZALO_FILES_LOCAL',
]);

const WholePort = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535, such as 3978')
  .transform(Number)
  .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535, such as 3978');

const SECRET_KEY_MEND =
  'must be 32 random bytes in base64; make one with: ' +
  `node -p "require('node:crypto').randomBytes(32).toString('base64')"`;

const Base64Key = z
  .base64(SECRET_KEY_MEND)
  .transform((value) => Buffer.from(value, 'base64'))
  .refine((key) => key.length === 32, SECRET_KEY_MEND);

const EnvironmentSchema = z.object({
  PORT: WholePort.default(3978),
  HOST: text
    .regex(/^[\w.:%-]+$/, 'must be an address of this machine, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  METRICS_PORT: WholePort.optional(),
  PUBLIC_URL: address('https://assistant.example.vn', 'noPath').optional(),
  STORAGE_DIR: text.default('./storage').transform((folder) => resolve(folder)),
  DATABASE_URL: text
    .refine(
      (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
      'must look like postgres://user:password@host/name',
    )
    .optional(),
  SECRET_KEY: Base64Key.optional(),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be one of trace, debug, info, warn, error, fatal, silent',
    )
    .default('info'),
  TELEGRAM_BOT_TOKEN: token(
    /^\d{3,20}:[\w-]{20,}$/,
    'must look like 123456789:AA…; copy the whole token from @BotFather',
  ).optional(),
  TELEGRAM_API_ROOT: address('https://api.telegram.org', 'anyPath').optional(),
  TELEGRAM_WEBHOOK_SECRET: token(
    /^[\w-]{1,256}$/,
    'must be 1 to 256 letters, digits, "_" or "-"',
  ).optional(),
  TELEGRAM_AGENTS_GROUP: token(
    /^-\d{5,20}$/,
    'must be the number of a group, such as -1001234567890 (docs/telegram-forum.md tells where it stands)',
  )
    .transform(Number)
    .optional(),
  TELEGRAM_AGENTS_LANGUAGE: z.enum(['vi', 'en'], 'must be vi or en').default('vi'),
  ...ZALO_SHAPE,
  ...TEAMS_SHAPE,
  TEAMS_IDENTITY_ROOT: address('https://login.example.vn', 'anyPath').optional(),
  TEAMS_LOCAL: yesOrNo.default(false),
  OIDC_ISSUER: address('https://login.example.vn', 'anyPath').optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  CASE_BACKEND_URL: address('https://cases.example.vn/api', 'anyPath').optional(),
  CASE_BACKEND_SECRET: text
    .min(16, 'must have at least 16 characters, agreed with the server behind CASE_BACKEND_URL')
    .optional(),
  CASE_BACKEND_VERIFIES: yesOrNo.default(false),
});
type Environment = z.infer<typeof EnvironmentSchema>;
type Name = keyof Environment;
const DEFAULTS: Partial<Record<string, unknown>> = EnvironmentSchema.parse({});

/** Every variable there is, with its value when it is not given; undefined where it then has none. */
export const SETTINGS: ReadonlyMap<string, unknown> = new Map(
  Object.keys(EnvironmentSchema.shape).map((name) => [name, DEFAULTS[name]]),
);

/** Variables that make sense together only: with one of `any`, each of `all` is wanted. */
const TOGETHER: { any: Name[]; all: Name[] }[] = [
  { any: ['DATABASE_URL'], all: ['SECRET_KEY'] },
  {
    any: ['TELEGRAM_API_ROOT', 'TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_AGENTS_GROUP'],
    all: ['TELEGRAM_BOT_TOKEN'],
  },
  { any: ['TELEGRAM_AGENTS_LANGUAGE'], all: ['TELEGRAM_AGENTS_GROUP'] },
  {
    any: [
      'ZALO_OA_APP_ID',
      'ZALO_OA_APP_SECRET',
      'ZALO_OA_SECRET_KEY',
      'ZALO_OA_API_ROOT',
      'ZALO_OA_OAUTH_ROOT',
      'ZALO_ZBS_API_ROOT',
      'ZALO_ZBS_TEMPLATE_UID',
      'ZALO_ZBS_TEMPLATE_PHONE',
      'ZALO_OA_PHONE_IMAGE',
      'ZALO_OA_BUTTON_TEMPLATE',
    ],
    all: ['ZALO_OA_APP_ID', 'ZALO_OA_APP_SECRET', 'ZALO_OA_SECRET_KEY'],
  },
  { any: ['ZALO_BOT_API_ROOT', 'ZALO_BOT_WEBHOOK_SECRET'], all: ['ZALO_BOT_TOKEN'] },
  {
    any: ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
    all: ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'],
  },
  {
    any: ['CASE_BACKEND_URL', 'CASE_BACKEND_SECRET', 'CASE_BACKEND_VERIFIES'],
    all: ['CASE_BACKEND_URL', 'CASE_BACKEND_SECRET'],
  },
];

/** Names under these belong to this assistant, so an unknown one is a slip of the pen. */
const OURS = /^(TELEGRAM|ZALO|TEAMS|OIDC|CASE_BACKEND)_/;

export interface TelegramConfig {
  token: string;
  /** Without a trailing slash; null = Telegram's own. */
  apiRoot: string | null;
  /** What Telegram sends along to the webhook; null = made from the token. */
  webhookSecret: string | null;
  /** The agents' group and the language that it is spoken to in; null where there is none. */
  agents: { group: number; language: 'vi' | 'en' } | null;
}

/** Somebody's server that decides cases. */
export interface CaseBackendConfig {
  /** Without a trailing slash. */
  url: string;
  /** Lets this assistant in there, and signs what comes from there. */
  secret: string;
  /** Whether companies' applications go there, too; otherwise agents decide them at /desk. */
  verifies: boolean;
}

/** What the process runs with. Times and sizes that a person tunes live in the office book. */
export interface Config {
  /** 0 = any free port. */
  port: number;
  host: string;
  /** Where Prometheus finds `/metrics`; null = nowhere. */
  metricsPort: number | null;
  /** Where people reach the assistant, without a trailing slash; null = on this machine only. */
  publicUrl: string | null;
  /** Absolute. */
  storageDir: string;
  /** The PostgreSQL that several processes share; null = SQLite in the storage folder. */
  databaseUrl: string | null;
  /** 32 bytes, or null when the key is kept in the storage folder. */
  secretKey: Buffer | null;
  logLevel: Environment['LOG_LEVEL'];
  /** Null when Telegram is not used. */
  telegram: TelegramConfig | null;
  /** Null when no Zalo bot is used. */
  zaloBot: ZaloBotConfig | null;
  /** Null when no Zalo Official Account is used. */
  zaloOa: ZaloOaConfig | null;
  /** Null when Teams is not used. */
  teams: TeamsConfig | null;
  /** The OpenID provider at which agents may sign in; null = passwords only. */
  oidc: { issuer: string; clientId: string; clientSecret: string } | null;
  /** Null when cases are decided at /desk. */
  caseBackend: CaseBackendConfig | null;
  /** Sentences for the operator, to be logged as warnings at start. */
  warnings: string[];
  /** Values that must never be printed. */
  secrets: string[];
}

/** The environment is not fit to start with. `message` names every wrong variable and its mending. */
export class ConfigError extends Error {
  readonly code = 'config';
  readonly problems: readonly { name: string; problem: string }[];

  constructor(problems: { name: string; problem: string }[]) {
    const lines = problems.map(({ name, problem }) => `  ${name} ${problem}.`);
    super(
      `Nothing was started: ${problems.length === 1 ? 'one setting is' : `${problems.length} settings are`} ` +
        `wrong. Mend ${problems.length === 1 ? 'it' : 'them'} in the environment or in .env (.env.example explains each).\n${lines.join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

function caseBackendOf(values: Environment): CaseBackendConfig | null {
  const { CASE_BACKEND_URL: url, CASE_BACKEND_SECRET: secret } = values;
  return url && secret ? { url, secret, verifies: values.CASE_BACKEND_VERIFIES } : null;
}

function shownValue(name: string, value: string | undefined): string {
  if (value === undefined || !SHOWN.has(name)) return '';
  return ` (it is "${value.length > 40 ? `${value.slice(0, 40)}…` : value}")`;
}

/** The password of an address, as written and as meant. */
function passwordsIn(value: string): string[] {
  const password = URL.canParse(value) ? new URL(value).password : '';
  if (!password) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/**
 * Checks an environment. Empty values count as absent.
 * @throws {ConfigError} naming every wrong variable; it never contains a secret
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (value?.trim() && (SETTINGS.has(name) || OURS.test(name))) given.set(name, value.trim());
  }

  const parsed = EnvironmentSchema.safeParse(Object.fromEntries(given));
  const problems = (parsed.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return { name, problem: `${issue.message}${shownValue(name, given.get(name))}` };
  });
  for (const { any, all } of TOGETHER) {
    const present = any.filter((name) => given.has(name));
    for (const name of present.length ? all.filter((other) => !given.has(other)) : []) {
      problems.push({ name, problem: `is missing; ${present[0]} is given and needs it` });
    }
  }
  if (parsed.data) {
    problems.push(...teamsProblems(parsed.data, given), ...zaloProblems(parsed.data));
  }
  if (!parsed.data || problems.length) throw new ConfigError(problems);

  const values = parsed.data;
  const warnings: string[] = [];
  for (const name of given.keys()) {
    if (!SETTINGS.has(name))
      warnings.push(`${name} is not a setting that this version knows; ignored.`);
  }
  const config: Config = {
    port: values.PORT,
    host: values.HOST,
    metricsPort: values.METRICS_PORT ?? null,
    publicUrl: values.PUBLIC_URL ?? null,
    storageDir: values.STORAGE_DIR,
    databaseUrl: values.DATABASE_URL ?? null,
    secretKey: values.SECRET_KEY ?? null,
    logLevel: values.LOG_LEVEL,
    telegram: values.TELEGRAM_BOT_TOKEN
      ? {
          token: values.TELEGRAM_BOT_TOKEN,
          apiRoot: values.TELEGRAM_API_ROOT ?? null,
          webhookSecret: values.TELEGRAM_WEBHOOK_SECRET ?? null,
          agents:
            values.TELEGRAM_AGENTS_GROUP === undefined
              ? null
              : { group: values.TELEGRAM_AGENTS_GROUP, language: values.TELEGRAM_AGENTS_LANGUAGE },
        }
      : null,
    zaloOa: zaloOaConfigOf(values),
    zaloBot: zaloBotConfigOf(values),
    teams: teamsConfigOf(values),
    oidc:
      values.OIDC_ISSUER && values.OIDC_CLIENT_ID && values.OIDC_CLIENT_SECRET
        ? {
            issuer: values.OIDC_ISSUER,
            clientId: values.OIDC_CLIENT_ID,
            clientSecret: values.OIDC_CLIENT_SECRET,
          }
        : null,
    caseBackend: caseBackendOf(values),
    warnings,
    secrets: [...given]
      .filter(([name]) => /(TOKEN|SECRET(?!_PROOF)|KEY|PASSWORD|DATABASE)/.test(name))
      .flatMap(([, value]) => [value, ...passwordsIn(value)]),
  };
  warnings.push(...warningsOf(config));
  return config;
}

/**
 * The environment of this process; a `.env` in `folder` fills in what it does not set.
 * @throws {ConfigError}
 */
export function loadConfig(folder: string = process.cwd()): Config {
  const file = resolve(folder, '.env');
  try {
    if (existsSync(file)) process.loadEnvFile(file);
  } catch {
    const problem = 'cannot be read; it must be a text file that this user may read';
    throw new ConfigError([{ name: file, problem }]);
  }
  return readConfig(process.env);
}
