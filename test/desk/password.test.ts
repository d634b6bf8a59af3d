import { describe, expect, it } from 'vitest';
import { checkPassword, hashPassword } from '../../src/desk/password.ts';

describe('a password', () => {
  it('is kept as a salted scrypt hash with its parameters', async () => {
    const [first, second] = await Promise.all([
      hashPassword('mật khẩu dài'),
      hashPassword('mật khẩu dài'),
    ]);
    expect(first).toMatch(/^scrypt\$32768\$8\$3\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(first).not.toBe(second);
    expect(await checkPassword('mật khẩu dài', first)).toBe(true);
    expect(await checkPassword('mật khẩu dài ', first)).toBe(false);
  });

  it('is the same however its letters were composed', async () => {
    const stored = await hashPassword('một câu dài'.normalize('NFD'));
    expect(await checkPassword('một câu dài'.normalize('NFC'), stored)).toBe(true);
  });

  it('is checked by the parameters it was kept with', async () => {
    const { scryptSync } = await import('node:crypto');
    const salt = Buffer.from('0123456789abcdef');
    const hash = scryptSync('older cost', salt, 32, { N: 1024, r: 8, p: 1 });
    const stored = `scrypt$1024$8$1$${salt.toString('base64')}$${hash.toString('base64')}`;
    expect(await checkPassword('older cost', stored)).toBe(true);
  });

  it('of nobody never fits', async () => {
    expect(await checkPassword('', null)).toBe(false);
  });
});
