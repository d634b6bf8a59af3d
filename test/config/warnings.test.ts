import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';

const PUBLIC_URL = 'https://unbind.example.vn';
const TELEGRAM = { TELEGRAM_BOT_TOKEN: '123456789:AAF-abcdefghijklmnopqrstuvwxyz01234' };
const ZALO_OA = {
  ZALO_OA_APP_ID: '4071234',
  ZALO_OA_APP_SECRET: 'app-secret',
  ZALO_OA_SECRET_KEY: 'oa-secret',
};
const TEAMS = {
  TEAMS_APP_ID: '00000000-0000-4000-8000-000000000000',
  TEAMS_APP_PASSWORD: 'client-secret',
  TEAMS_TENANT_ID: 'example.vn',
};

const warningsOf = (env: Record<string, string>) => readConfig(env).warnings;

describe('a start is warned', () => {
  it.each([
    ['a Zalo Official Account', ZALO_OA, 'ZALO_OA_APP_ID'],
    ['Teams', TEAMS, 'TEAMS_APP_ID'],
  ])('of %s that has no https address to deliver to', (_, env, name) => {
    for (const given of [env, { ...env, PUBLIC_URL: 'http://unbind.example.vn' }]) {
      const [warning = '', ...more] = warningsOf(given);
      expect(warning).toContain(name);
      expect(warning).toContain('PUBLIC_URL');
      expect(more).toEqual([]);
    }
    expect(warningsOf({ ...env, PUBLIC_URL })).toEqual([]);
  });

  it.each([
    ['TELEGRAM_WEBHOOK_SECRET', TELEGRAM],
    ['ZALO_BOT_WEBHOOK_SECRET', { ZALO_BOT_TOKEN: '12345:abc-xyz' }],
  ])('of %s where nothing is delivered', (name, env) => {
    const given = { ...env, [name]: 'between_us' };
    expect(warningsOf(given)).toEqual([expect.stringContaining(name)]);
    expect(warningsOf({ ...given, PUBLIC_URL })).toEqual([]);
  });

  it('of a port that Telegram does not deliver to, where Telegram is served', () => {
    expect(warningsOf({ ...TELEGRAM, PUBLIC_URL: `${PUBLIC_URL}:3978` })).toEqual([
      expect.stringContaining('port 3978'),
    ]);
    expect(warningsOf({ ...TELEGRAM, PUBLIC_URL: `${PUBLIC_URL}:8443` })).toEqual([]);
    expect(warningsOf({ PUBLIC_URL: `${PUBLIC_URL}:3978` })).toEqual([]);
  });

  it('of nothing where the Emulator of this machine talks', () => {
    expect(warningsOf({ TEAMS_LOCAL: '1' })).toEqual([]);
  });
});
