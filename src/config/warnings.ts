import type { TeamsConfig } from './teams.ts';

/** What a setting may look like and still not do what it was given for. */
export interface Warned {
  publicUrl: string | null;
  caseBackend: { url: string } | null;
  telegram: { webhookSecret: string | null } | null;
  zaloBot: { webhookSecret: string | null } | null;
  zaloOa: { filesLocal: boolean } | null;
  /** Without an app id nobody is checked: the Emulator of this machine. */
  teams: Pick<TeamsConfig, 'appId'> | null;
}

/** Where Telegram delivers to; '' is 443. https://core.telegram.org/bots/api#setwebhook */
const TELEGRAM_PORTS = ['', '80', '88', '8443'];

/** Without TLS, and not on this machine alone. */
function isReadOnTheWay(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** Sentences for the operator about settings that are in order, each by itself, and do not go together. */
export function warningsOf(config: Warned): string[] {
  const { publicUrl, caseBackend, telegram, zaloBot, zaloOa, teams } = config;
  const delivered = publicUrl?.startsWith('https:') ?? false;
  const warnings: string[] = [];
  const warn = (when: boolean, sentence: string) => when && warnings.push(sentence);
  warn(
    caseBackend !== null && isReadOnTheWay(caseBackend.url),
    'CASE_BACKEND_URL is not https: SADP strings, photos and CASE_BACKEND_SECRET can be read on their way.',
  );
  warn(
    zaloOa?.filesLocal ?? false,
    'ZALO_FILES_LOCAL is on, which is for tests: files may come from this machine.',
  );
  const nowhere = (name: string, platform: string) =>
    `${name} is given, but PUBLIC_URL is no https address, and ${platform} delivers to nothing else: put ` +
    'HTTPS before the assistant, and its address into PUBLIC_URL.';
  warn(zaloOa !== null && !delivered, nowhere('ZALO_OA_APP_ID', 'Zalo'));
  warn(teams !== null && teams.appId !== '' && !delivered, nowhere('TEAMS_APP_ID', 'Teams'));
  const unused = (name: string) =>
    `${name} is not used: without an https PUBLIC_URL messages are asked for, not delivered.`;
  warn(Boolean(telegram?.webhookSecret) && !delivered, unused('TELEGRAM_WEBHOOK_SECRET'));
  warn(Boolean(zaloBot?.webhookSecret) && !delivered, unused('ZALO_BOT_WEBHOOK_SECRET'));
  const port = publicUrl !== null && delivered ? new URL(publicUrl).port : '';
  warn(
    telegram !== null && !TELEGRAM_PORTS.includes(port),
    `PUBLIC_URL names port ${port}, and Telegram delivers to ports 443, 80, 88 and 8443 only: it takes ` +
      'no such address. Change the port of the proxy and PUBLIC_URL.',
  );
  return warnings;
}
