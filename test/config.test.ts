import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, readConfig, SETTINGS } from '../src/config.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const TELEGRAM_TOKEN = '123456789:AAF-abcdefghijklmnopqrstuvwxyz01234';

function refusal(env: Record<string, string>): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the environment was accepted');
}

describe('an environment', () => {
  it('may be empty: the assistant then serves this machine only', () => {
    expect(readConfig({})).toEqual({
      caseBackend: null,
      databaseUrl: null,
      metricsPort: null,
      port: 3978,
      host: '127.0.0.1',
      publicUrl: null,
      storageDir: resolve('storage'),
      secretKey: null,
      logLevel: 'info',
      telegram: null,
      zaloBot: null,
      zaloOa: null,
      teams: null,
      oidc: null,
      warnings: [],
      secrets: [],
    });
  });

  it('gives typed values', () => {
    const config = readConfig({
      PORT: '8080',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://Unbind.Example.vn/',
      STORAGE_DIR: '/srv/unbind',
      SECRET_KEY: KEY,
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      publicUrl: 'https://unbind.example.vn',
      storageDir: '/srv/unbind',
      logLevel: 'debug',
    });
    expect(config.secretKey?.length).toBe(32);
  });

  it('counts empty and blank values as absent, as in a copied .env.example', () => {
    expect(readConfig({ PORT: '', SECRET_KEY: '  ', DATABASE_URL: '' }).port).toBe(3978);
  });

  it('is not disturbed by variables of others', () => {
    expect(readConfig({ PATH: '/bin', HOME: '/root', NODE_ENV: 'test' }).warnings).toEqual([]);
  });
});

describe('a wrong environment', () => {
  it('is answered with one error that names every wrong variable and how to mend it', () => {
    const error = refusal({
      PORT: '80a80',
      HOST: 'not a host',
      PUBLIC_URL: 'example.vn',
      LOG_LEVEL: 'loud',
      TEAMS_LOCAL: 'perhaps',
    });
    expect(error.problems.map(({ name }) => name).sort()).toEqual([
      'HOST',
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
      'TEAMS_LOCAL',
    ]);
    expect(error.message).toContain('5 settings are wrong');
    expect(error.message).toContain('PORT must be a whole number from 0 to 65535');
    expect(error.message).toContain('(it is "80a80")');
    expect(error.message).toContain('PUBLIC_URL must be a web address such as https://');
    expect(error.message).toContain('.env.example');
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3.5'],
    ['PUBLIC_URL', 'ftp://example.vn'],
    ['PUBLIC_URL', 'https://example.vn/chat'],
    ['PUBLIC_URL', 'https://me:pw@example.vn'],
    ['PUBLIC_URL', 'https://example.vn/?a=1'],
    ['SECRET_KEY', 'short'],
    ['SECRET_KEY', Buffer.alloc(31).toString('base64')],
    ['TELEGRAM_BOT_TOKEN', 'AAF-abc'],
    ['ZALO_BOT_TOKEN', 'abc'],
    ['TEAMS_APP_ID', '42'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(refusal({ [name]: value }).problems.map((one) => one.name)).toContain(name);
  });

  it('asks for the rest of a channel that is given in part', () => {
    const error = refusal({ ZALO_OA_APP_ID: '4071234', TEAMS_APP_PASSWORD: 'pa55word' });
    expect(error.problems).toEqual([
      { name: 'ZALO_OA_APP_SECRET', problem: 'is missing; ZALO_OA_APP_ID is given and needs it' },
      { name: 'ZALO_OA_SECRET_KEY', problem: 'is missing; ZALO_OA_APP_ID is given and needs it' },
      { name: 'TEAMS_APP_ID', problem: 'is missing; TEAMS_APP_PASSWORD is given and needs it' },
      { name: 'TEAMS_TENANT_ID', problem: 'is missing; TEAMS_APP_PASSWORD is given and needs it' },
    ]);
  });

  it('takes a server that decides cases, with its secret, and warns where both can be read on the way', () => {
    const given = (url: string) =>
      readConfig({ CASE_BACKEND_URL: url, CASE_BACKEND_SECRET: 'a-secret-agreed-upon' });
    const config = given('https://cases.example.vn/api/');
    expect(config.caseBackend).toEqual({
      url: 'https://cases.example.vn/api',
      secret: 'a-secret-agreed-upon',
      verifies: false,
    });
    const both = { CASE_BACKEND_URL: 'https://c.vn', CASE_BACKEND_SECRET: 'a-secret-agreed-upon' };
    const verifies = (CASE_BACKEND_VERIFIES: string) =>
      readConfig({ ...both, CASE_BACKEND_VERIFIES }).caseBackend?.verifies;
    expect(['true', 'false'].map(verifies)).toEqual([true, false]);
    expect(refusal({ CASE_BACKEND_VERIFIES: 'true' }).problems.map(({ name }) => name)).toEqual([
      'CASE_BACKEND_URL',
      'CASE_BACKEND_SECRET',
    ]);
    expect(config.secrets).toContain('a-secret-agreed-upon');
    expect(config.warnings).toEqual([]);
    expect(given('http://127.0.0.1:8080').warnings).toEqual([]);
    expect(given('http://cases.example.vn').warnings[0]).toContain('CASE_BACKEND_URL is not https');
    const error = refusal({ CASE_BACKEND_SECRET: 'a-secret-agreed-upon' });
    expect(error.problems.map(({ name }) => name)).toEqual(['CASE_BACKEND_URL']);
    expect(error.message).not.toContain('agreed-upon');
  });

  it('takes a PostgreSQL with the key that its processes share, and prints its password nowhere', () => {
    const DATABASE_URL = 'postgres://unbind:hunter%232hunter2@db/unbind';
    const SECRET_KEY = Buffer.alloc(32, 1).toString('base64');
    const config = readConfig({ DATABASE_URL, SECRET_KEY });
    expect(config.databaseUrl).toBe(DATABASE_URL);
    expect(config.secrets).toEqual(expect.arrayContaining([DATABASE_URL, 'hunter#2hunter2']));
    expect(readConfig({}).databaseUrl).toBeNull();

    const error = refusal({ DATABASE_URL });
    expect(error.problems.map(({ name }) => name)).toEqual(['SECRET_KEY']);
    expect(error.message).not.toContain('hunter');
    const other = refusal({ DATABASE_URL: 'mysql://u:hunter2@db/unbind', SECRET_KEY });
    expect(other.message).toContain('postgres://user:password@host/name');
    expect(other.message).not.toContain('hunter');
  });

  it('never shows the value of a variable that may be secret', () => {
    const secretNames = [
      'SECRET_KEY',
      'DATABASE_URL',
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_WEBHOOK_SECRET',
      'ZALO_BOT_TOKEN',
      'ZALO_BOT_WEBHOOK_SECRET',
      'CASE_BACKEND_SECRET',
      'PUBLIC_URL',
      'TELEGRAM_API_ROOT',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...secretNames),
        fc.stringMatching(/^[!-~]{5,60}$/).map((text) => `~${text}`),
        (name, value) => {
          const outcome = (() => {
            try {
              return readConfig({ [name]: value });
            } catch (error) {
              return error;
            }
          })();
          if (!(outcome instanceof ConfigError)) return;
          expect(outcome.message).not.toContain(value);
          expect(JSON.stringify(outcome.problems)).not.toContain(value);
        },
      ),
    );
  });
});

describe('Telegram', () => {
  it('has a group for agents when its number is given, which is a group of this bot', () => {
    const TELEGRAM_BOT_TOKEN = TELEGRAM_TOKEN;
    const TELEGRAM_AGENTS_GROUP = '-1001234567890';
    const { telegram } = readConfig({ TELEGRAM_BOT_TOKEN, TELEGRAM_AGENTS_GROUP });
    expect(telegram?.agents).toEqual({ group: -1001234567890, language: 'vi' });
    const en = { TELEGRAM_BOT_TOKEN, TELEGRAM_AGENTS_GROUP, TELEGRAM_AGENTS_LANGUAGE: 'en' };
    expect(readConfig(en).telegram?.agents?.language).toBe('en');
    for (const wrong of [
      { TELEGRAM_AGENTS_GROUP },
      { TELEGRAM_BOT_TOKEN, TELEGRAM_AGENTS_GROUP: '@agents' },
      { TELEGRAM_BOT_TOKEN, TELEGRAM_AGENTS_LANGUAGE: 'en' },
      { ...en, TELEGRAM_AGENTS_LANGUAGE: 'fr' },
    ]) {
      expect(() => readConfig(wrong)).toThrow(ConfigError);
    }
  });

  it('is served as soon as there is a token', () => {
    const TELEGRAM_BOT_TOKEN = TELEGRAM_TOKEN;
    expect(readConfig({ TELEGRAM_BOT_TOKEN }).telegram).toEqual({
      token: TELEGRAM_TOKEN,
      apiRoot: null,
      webhookSecret: null,
      agents: null,
    });
    const config = readConfig({
      TELEGRAM_BOT_TOKEN,
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
      TELEGRAM_WEBHOOK_SECRET: 'between_us',
      PUBLIC_URL: 'https://unbind.example.vn',
    });
    expect(config.telegram).toEqual({
      token: TELEGRAM_TOKEN,
      apiRoot: 'http://127.0.0.1:8081',
      webhookSecret: 'between_us',
      agents: null,
    });
    expect(config.warnings).toEqual([]);
    expect(config.secrets.sort()).toEqual([TELEGRAM_TOKEN, 'between_us'].sort());
  });
});

describe('a Zalo bot', () => {
  it('is served as soon as there is a token', () => {
    const config = readConfig({
      ZALO_BOT_TOKEN: '12345:abc-xyz',
      ZALO_BOT_API_ROOT: 'http://127.0.0.1:8081/',
      ZALO_BOT_WEBHOOK_SECRET: 'between us',
      PUBLIC_URL: 'https://unbind.example.vn',
    });
    expect(config.zaloBot).toEqual({
      token: '12345:abc-xyz',
      apiRoot: 'http://127.0.0.1:8081',
      webhookSecret: 'between us',
    });
    expect(config.warnings).toEqual([]);
    expect(config.secrets.sort()).toEqual(['12345:abc-xyz', 'between us']);
  });

  it.each(['short', 'mật khẩu giữa hai bên'])(
    'refuses a secret no header carries: %s',
    (secret) => {
      const given = { ZALO_BOT_TOKEN: '12345:abc-xyz', ZALO_BOT_WEBHOOK_SECRET: secret };
      expect(refusal(given).problems.map(({ name }) => name)).toEqual(['ZALO_BOT_WEBHOOK_SECRET']);
    },
  );
});

describe('a Zalo Official Account', () => {
  const three = {
    PUBLIC_URL: 'https://unbind.example.vn',
    ZALO_OA_APP_ID: '4071234',
    ZALO_OA_APP_SECRET: 'app-secret',
    ZALO_OA_SECRET_KEY: 'oa-secret',
  };

  it('is served as soon as there are the app, its secret and the key of the webhook', () => {
    const config = readConfig({ ...three, ZALO_OA_APPSECRET_PROOF: '1' });
    expect(config.zaloOa).toMatchObject({
      appId: '4071234',
      appSecret: 'app-secret',
      secretKey: 'oa-secret',
      apiRoot: null,
      templates: { byUid: null, byPhone: null },
      humansInChatTool: false,
      appSecretProof: true,
      filesLocal: false,
    });
    expect(config.zaloOa?.fileHosts).toContain('zdn.vn');
    expect(config.warnings).toEqual([]);
    expect(config.secrets.sort()).toEqual(['app-secret', 'oa-secret']);
    expect(readConfig({}).zaloOa).toBeNull();
  });

  it.each([
    ['ZALO_ZBS_TEMPLATE_UID', 'my template'],
    ['ZALO_FILE_HOSTS', 'zdn.vn,127.0.0.1'],
    ['ZALO_FILE_HOSTS', '*'],
    ['ZALO_SITE_VERIFICATION', 'zalo_verifierAbC.html'],
    ['ZALO_OA_OAUTH_ROOT', 'oauth.zaloapp.com'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(refusal({ ...three, [name]: value }).problems.map((one) => one.name)).toEqual([name]);
  });

  it("is refused when the app's secret stands where the webhook's key belongs", () => {
    const error = refusal({ ...three, ZALO_OA_SECRET_KEY: three.ZALO_OA_APP_SECRET });
    expect(error.problems.map(({ name }) => name)).toEqual(['ZALO_OA_SECRET_KEY']);
    expect(error.message).not.toContain(three.ZALO_OA_APP_SECRET);
  });

  it('warns of a switch that is for tests', () => {
    expect(readConfig({ ...three, ZALO_FILES_LOCAL: '1' }).warnings).toHaveLength(1);
  });

  it('takes other hosts for files', () => {
    const config = readConfig({ ...three, ZALO_FILE_HOSTS: 'ZDN.vn, files.example.vn' });
    expect(config.zaloOa?.fileHosts).toEqual(['zdn.vn', 'files.example.vn']);
  });
});

describe('a setting', () => {
  it('points out a misspelt name, without its value', () => {
    const [warning] = readConfig({ TELEGRAM_BOT_TOKN: TELEGRAM_TOKEN }).warnings;
    expect(warning).toBe('TELEGRAM_BOT_TOKN is not a setting that this version knows; ignored.');
  });
});

describe('.env.example', () => {
  const example = () => readFile(resolve(import.meta.dirname, '../.env.example'), 'utf8');

  it('explains every variable there is, and starts the assistant when copied as it is', async () => {
    const text = await example();
    const names = [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)];
    expect(names.map(([, name]) => name).sort()).toEqual([...SETTINGS.keys()].sort());
    const copied = Object.fromEntries(names.map(([, name = '', value = '']) => [name, value]));
    expect(readConfig(copied)).toEqual(readConfig({}));
  });

  it('puts a comment before each variable or group of them', async () => {
    for (const paragraph of (await example()).split('\n\n')) expect(paragraph).toMatch(/^#/);
  });
});

describe('the tables of settings in docs/', () => {
  /** As a person writes it into .env. */
  const written = (value: unknown) =>
    typeof value === 'boolean' ? String(Number(value)) : String(value);

  it.each(['operations.md', 'operations.vi.md'])(
    '%s has each one, with its default',
    async (name) => {
      const text = await readFile(resolve(import.meta.dirname, '../docs', name), 'utf8');
      const section = text.split('\n## ').find((part) => part.includes('| `PORT` |')) ?? '';
      const rows = [...section.matchAll(/^\| `([A-Z_]+)` \| (.*?) \|/gm)];
      expect(rows.map(([, setting]) => setting).sort()).toEqual([...SETTINGS.keys()].sort());
      for (const [, setting = '', shown = ''] of rows) {
        const value = SETTINGS.get(setting);
        if (value === undefined) expect(shown, setting).not.toMatch(/^`/);
        else if (setting === 'STORAGE_DIR') expect(resolve(shown.replaceAll('`', ''))).toBe(value);
        else expect(shown, setting).toBe(`\`${written(value)}\``);
      }
    },
  );
});

describe('a .env file', () => {
  const before = { ...process.env };
  let folder = '';

  afterEach(async () => {
    process.env = { ...before };
    await rm(folder, { recursive: true });
  });

  it('fills in what the environment does not set', async () => {
    folder = await mkdtemp(join(tmpdir(), 'config-'));
    await writeFile(
      join(folder, '.env'),
      '# a comment\nPORT=4001\nLOG_LEVEL="warn"\nSECRET_KEY=\n',
    );
    process.env.PORT = '4002';
    delete process.env.LOG_LEVEL;
    delete process.env.SECRET_KEY;
    expect(loadConfig(folder)).toMatchObject({ port: 4002, logLevel: 'warn', secretKey: null });
  });

  it('may be absent', async () => {
    folder = await mkdtemp(join(tmpdir(), 'config-'));
    delete process.env.PORT;
    expect(loadConfig(folder).port).toBe(3978);
  });
});
