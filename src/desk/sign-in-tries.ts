import { DeskError } from './errors.ts';
import { Throttle } from './throttle.ts';

const WINDOW = 15 * 60 * 1000;
const TRIES_PER_LOGIN = 5;
// An address may stand for a whole office behind one router.
const TRIES_PER_ADDRESS = 30;

const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Counts failed sign-ins by login and by address; says when to try again. */
export class SignInTries {
  private readonly byLogin = new Throttle(TRIES_PER_LOGIN, WINDOW);
  private readonly byAddress = new Throttle(TRIES_PER_ADDRESS, WINDOW);

  /** @throws DeskError `tooManyTries` */
  take(login: string, address: string, now: number): void {
    const until = this.byAddress.take(address, now) ?? this.byLogin.take(login, now);
    if (until === null) return;
    const retryAfter = Math.ceil((until - now) / 1000);
    // The minute after, so that the time told is never too early.
    const time = clock.format(Math.ceil(until / 60_000) * 60_000);
    throw new DeskError('tooManyTries', { time }, { retryAfter });
  }

  succeeded(login: string, address: string): void {
    this.byLogin.clear(login);
    this.byAddress.refund(address);
  }
}
