import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecretKey, SecretKeyError } from '../../src/keys/secret-key.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = () => join(folder, 'secret.key');
const load = () => loadSecretKey({ secretKey: null, storageDir: folder });

describe('the secret key', () => {
  it('is the one given in the environment, and then nothing is written', async () => {
    const given = Buffer.alloc(32, 9);
    const { key, warning } = await loadSecretKey({ secretKey: given, storageDir: folder });
    expect(key).toBe(given);
    expect(warning).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is generated once, for this user only, with a warning to move it', async () => {
    const first = await load();
    expect(first.key.length).toBe(32);
    expect(first.warning).toContain(file());
    expect(first.warning).toContain('SECRET_KEY');
    expect(Buffer.from(await readFile(file(), 'utf8'), 'base64')).toEqual(first.key);
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await load()).key).toEqual(first.key);
    expect(await readdir(folder)).toEqual(['secret.key']);
  });

  it('is the same for processes that start at the same moment', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, load));
    expect(new Set(keys.map(({ key }) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['secret.key']);
  });

  it('is made in a storage folder that does not exist yet', async () => {
    const storageDir = join(folder, 'a', 'b');
    expect((await loadSecretKey({ secretKey: null, storageDir })).key.length).toBe(32);
  });

  it.runIf(process.platform !== 'win32')(
    'is closed to others when they could read it',
    async () => {
      await load();
      await chmod(file(), 0o644);
      expect((await load()).warning).toContain('Others on this machine could read it');
      expect((await stat(file())).mode & 0o777).toBe(0o600);
    },
  );

  it.each([
    ['empty', ''],
    ['cut off', 'AAAA'],
    ['not base64', '!'.repeat(44)],
  ])('is never replaced when its file is %s', async (_what, content) => {
    await writeFile(file(), content);
    await expect(load()).rejects.toThrow(SecretKeyError);
    await expect(load()).rejects.toThrow('is damaged');
    expect(await readFile(file(), 'utf8')).toBe(content);
  });

  it('is not made anew beside a database that was written with the lost one', async () => {
    await writeFile(join(folder, 'assistant.db'), '');
    await expect(load()).rejects.toThrow('secret.key is gone, but assistant.db is there');
    expect(await readdir(folder)).toEqual(['assistant.db']);
  });
});
