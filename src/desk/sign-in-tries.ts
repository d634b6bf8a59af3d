import { isIP } from 'node:net';
import { DeskError } from './errors.ts';
import { Throttle } from './throttle.ts';

const WINDOW = 15 * 60 * 1000;
const TRIES_PER_PERSON = 5;
// Far more than one's own: whoever guesses from elsewhere must not lock a colleague out so easily.
const TRIES_PER_LOGIN = 25;
// An address may stand for a whole office behind one router.
const TRIES_PER_ADDRESS = 30;

const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** An IPv6 customer has a whole /64 to try from. */
function networkOf(address: string): string {
  if (isIP(address) !== 6 || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const last = tail.split(':').filter(Boolean);
  const whole = [...groups, ...Array(Math.max(0, 8 - groups.length - last.length)).fill('0')];
  return `${[...whole, ...last].slice(0, 4).join(':')}::/64`;
}

/** Counts failed sign-ins by login, by address and by both; says when to try again. */
export class SignInTries {
  private readonly byPerson = new Throttle(TRIES_PER_PERSON, WINDOW);
  private readonly byLogin = new Throttle(TRIES_PER_LOGIN, WINDOW);
  private readonly byAddress = new Throttle(TRIES_PER_ADDRESS, WINDOW);

  /** @throws DeskError `tooManyTries` */
  take(login: string, address: string, now: number): void {
    const network = networkOf(address);
    const until =
      this.byAddress.take(network, now) ??
      this.byPerson.take(`${network} ${login}`, now) ??
      this.byLogin.take(login, now);
    if (until === null) return;
    const retryAfter = Math.ceil((until - now) / 1000);
    // The minute after, so that the time told is never too early.
    const time = clock.format(Math.ceil(until / 60_000) * 60_000);
    throw new DeskError('tooManyTries', { time }, { retryAfter });
  }

  succeeded(login: string, address: string): void {
    const network = networkOf(address);
    this.byPerson.clear(`${network} ${login}`);
    this.byLogin.refund(login);
    this.byAddress.refund(network);
  }
}
