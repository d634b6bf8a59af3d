import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leadsTo } from '../../../src/channels/teams/hosts.ts';

const HOSTS = ['smba.trafficmanager.net', '.teams.microsoft.com'];

it('leads to the hosts that are named, and below those that begin with a dot, by https', () => {
  for (const address of [
    'https://smba.trafficmanager.net/amer/',
    'https://SMBA.trafficmanager.net/apac/1234/',
    'https://smba.infra.gcc.teams.microsoft.com/x',
  ]) {
    expect(leadsTo(address, HOSTS)).toBe(true);
  }
});

it.each([
  'http://smba.trafficmanager.net/',
  'https://evil.trafficmanager.net/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://evil-teams.microsoft.com/',
  'https://teams.microsoft.com.evil.example/',
  'https://smba.trafficmanager.net@evil.example/',
  'https://evil.example#smba.trafficmanager.net',
  'https://evil.example\\@smba.trafficmanager.net/',
  '//smba.trafficmanager.net/',
  'javascript:alert(1)',
  '',
])('does not lead there: %s', (address) => {
  expect(leadsTo(address, HOSTS)).toBe(false);
});

it('takes plain http to this machine only where it is named', () => {
  expect(leadsTo('http://127.0.0.1:3979/', ['127.0.0.1'])).toBe(true);
  expect(leadsTo('http://127.0.0.1:3979/', HOSTS)).toBe(false);
  expect(leadsTo('http://bot.example/', ['bot.example'])).toBe(false);
});

it('leads to no other host, however an address is put together', () => {
  const part = fc.constantFrom(
    ...['https://', 'http://', '//', '/', '@', ':', '#', '?', '\\', '.', '-', '%40', ' '],
    ...['smba.trafficmanager.net', 'teams.microsoft.com', 'evil.example', '127.0.0.1', '443'],
  );
  const address = fc.array(part, { maxLength: 8 }).map((parts) => `https://${parts.join('')}`);
  fc.assert(
    fc.property(address, (made) => {
      if (!leadsTo(made, HOSTS)) return;
      const { protocol, hostname } = new URL(made);
      expect(protocol).toBe('https:');
      expect(hostname).toMatch(/^smba\.trafficmanager\.net$|\.teams\.microsoft\.com$/);
    }),
    { numRuns: 1_000 },
  );
});
