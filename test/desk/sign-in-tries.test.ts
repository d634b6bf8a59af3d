import { describe, expect, it } from 'vitest';
import { DeskError } from '../../src/desk/errors.ts';
import { SignInTries } from '../../src/desk/sign-in-tries.ts';
import { Throttle } from '../../src/desk/throttle.ts';
import { NOW } from './rows.ts';

const WINDOW = 15 * 60_000;

describe('tries to sign in', () => {
  it('run out for one address, whatever the logins, and come back with time', () => {
    const tries = new SignInTries();
    for (let n = 0; n < 30; n++) tries.take(`user${n}`, '10.0.0.1', NOW);
    expect(() => tries.take('user30', '10.0.0.1', NOW)).toThrow(DeskError);
    expect(() => tries.take('user30', '10.0.0.2', NOW)).not.toThrow();
    expect(() => tries.take('user31', '10.0.0.1', NOW + WINDOW)).not.toThrow();
  });

  it('are given back to who succeeds, so that an office shares an address', () => {
    const tries = new SignInTries();
    for (let n = 0; n < 200; n++) {
      tries.take('an', '10.0.0.1', NOW);
      tries.succeeded('an', '10.0.0.1');
    }
    expect(() => tries.take('an', '10.0.0.1', NOW)).not.toThrow();
  });

  it('of a colleague elsewhere run out much later than those of who guesses', () => {
    const tries = new SignInTries();
    for (let n = 0; n < 5; n++) tries.take('an', '10.0.0.1', NOW);
    expect(() => tries.take('an', '10.0.0.1', NOW)).toThrow(DeskError);
    expect(() => tries.take('an', '10.0.0.2', NOW)).not.toThrow();
    for (let n = 0; n < 19; n++) tries.take('an', `10.0.1.${n}`, NOW);
    expect(() => tries.take('an', '10.0.2.1', NOW)).toThrow(DeskError);
  });

  it('of one IPv6 customer are counted together, however the address is written', () => {
    const tries = new SignInTries();
    for (let n = 0; n < 5; n++) tries.take('an', `2001:db8:0:7:${n}::1`, NOW);
    expect(() => tries.take('an', '2001:db8::7:ffff:0:0:9', NOW)).toThrow(DeskError);
    expect(() => tries.take('an', '2001:db8:0:8::1', NOW)).not.toThrow();
    expect(() => tries.take('an', '::1', NOW)).not.toThrow();
  });

  it('never tell a time that is too early', () => {
    const tries = new SignInTries();
    const began = NOW + 59_999;
    for (let n = 0; n < 5; n++) tries.take('an', '10.0.0.1', began);
    const refused = () => tries.take('an', '10.0.0.1', began);
    expect(refused).toThrow(expect.objectContaining({ retryAfter: 15 * 60 }));
    try {
      refused();
    } catch (error) {
      expect((error as DeskError).sentence('en')).toContain('10:16');
    }
  });
});

it('a throttle remembers a bounded number of keys', () => {
  const throttle = new Throttle(1, WINDOW);
  throttle.take('first', NOW);
  expect(throttle.take('first', NOW)).toBe(NOW + WINDOW);
  for (let n = 0; n < 10_000; n++) throttle.take(`key${n}`, NOW);
  expect(throttle.take('first', NOW)).toBeNull();
  expect(throttle.take('key9999', NOW)).toBe(NOW + WINDOW);
});
