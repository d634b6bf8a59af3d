import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';

const APP = {
  TEAMS_APP_ID: '11111111-2222-4333-8444-555555555555',
  TEAMS_APP_PASSWORD: 'the~client~secret',
  TEAMS_TENANT_ID: '99999999-2222-4333-8444-555555555555',
};

function problems(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map((one) => `${one.name} ${one.problem}`);
    throw error;
  }
  return [];
}

describe('the settings of Teams', () => {
  it('are a client secret of one tenant, at the hosts of Microsoft', () => {
    const { teams, secrets } = readConfig(APP);
    expect(teams).toEqual({
      appId: APP.TEAMS_APP_ID,
      signIn: {
        as: 'singleTenant',
        password: APP.TEAMS_APP_PASSWORD,
        tenantId: APP.TEAMS_TENANT_ID,
      },
      identityRoot: null,
      serviceHosts: ['smba.trafficmanager.net', '.teams.microsoft.com'],
      fileHosts: ['.sharepoint.com', '.svc.ms', '.1drv.com', '.microsoftpersonalcontent.com'],
    });
    expect(secrets).toEqual([APP.TEAMS_APP_PASSWORD]);
  });

  it('are a managed identity without a password', () => {
    const identity = { TEAMS_APP_ID: APP.TEAMS_APP_ID, TEAMS_APP_TYPE: 'UserAssignedMSI' };
    expect(readConfig(identity).teams?.signIn).toEqual({ as: 'managedIdentity' });
    expect(problems({ ...APP, TEAMS_APP_TYPE: 'UserAssignedMSI' })).toEqual([
      expect.stringMatching(/^TEAMS_APP_PASSWORD is given, but a managed identity has none/),
    ]);
  });

  it('never start a bot without an app id, whom the SDK would let anybody talk to', () => {
    for (const name of ['TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'] as const) {
      expect(problems({ [name]: APP[name] }).join()).toContain('TEAMS_APP_ID is missing');
    }
    expect(problems({ TEAMS_SERVICE_HOSTS: 'localhost' }).join()).toContain('TEAMS_APP_ID');
    expect(problems({ TEAMS_APP_TYPE: 'MultiTenant' }).join()).toContain('SingleTenant');
  });

  it('let anybody in on this machine alone, when that is asked for', () => {
    expect(readConfig({ TEAMS_LOCAL: '1' }).teams).toMatchObject({
      appId: '',
      serviceHosts: ['127.0.0.1', 'localhost'],
    });
    for (const more of [{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'https://bot.example.vn' }]) {
      expect(problems({ TEAMS_LOCAL: '1', ...more }).join()).toContain('HOST=127.0.0.1');
    }
    expect(problems({ TEAMS_LOCAL: '1', ...APP }).join()).toContain('remove one');
  });

  it('send the client secret to no address that everybody on the way could read', () => {
    const rooted = (root: string) => problems({ ...APP, TEAMS_IDENTITY_ROOT: root });
    expect(rooted('https://login.example.vn')).toEqual([]);
    expect(rooted('http://127.0.0.1:8080')).toEqual([]);
    expect(rooted('http://login.example.vn').join()).toContain('must be https');
    expect(rooted('http://127.0.0.1.evil.example').join()).toContain('must be https');
  });

  it('name hosts one by one or by their end', () => {
    const hosts = { ...APP, TEAMS_SERVICE_HOSTS: 'Smba.example.net , .teams.example.com' };
    expect(readConfig(hosts).teams?.serviceHosts).toEqual([
      'smba.example.net',
      '.teams.example.com',
    ]);
    for (const wrong of ['https://a.example', 'a.example/', '*.example', 'a b']) {
      expect(problems({ ...APP, TEAMS_SERVICE_HOSTS: wrong }).join()).toContain('names of hosts');
    }
  });
});
