import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadWebPushKeys, WebPushKeysError } from '../../src/keys/web-push-keys.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'push-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = () => join(folder, 'web-push.json');

describe('the keys for notifications', () => {
  it('are made once, for this user only', async () => {
    const first = await loadWebPushKeys(folder);
    expect(Buffer.from(first.publicKey, 'base64url')).toHaveLength(65);
    expect(Buffer.from(first.privateKey, 'base64url')).toHaveLength(32);
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await loadWebPushKeys(folder)).toEqual(first);
    expect(await readdir(folder)).toEqual(['web-push.json']);
  });

  it('are the same for processes that start at the same moment', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadWebPushKeys(folder)));
    expect(new Set(all.map(({ privateKey }) => privateKey)).size).toBe(1);
  });

  it('are made in a storage folder that does not exist yet', async () => {
    const keys = await loadWebPushKeys(join(folder, 'a', 'b'));
    expect(keys.publicKey).not.toBe('');
  });

  it('are not replaced silently when the file is damaged, and the error does not quote it', async () => {
    const mine = await loadWebPushKeys(folder);
    const other = await loadWebPushKeys(join(folder, 'other'));
    for (const damaged of [
      '{',
      '{}',
      JSON.stringify({ ...mine, privateKey: 'short' }),
      JSON.stringify({ ...mine, publicKey: other.publicKey }),
    ]) {
      await writeFile(file(), damaged);
      const error = await loadWebPushKeys(folder).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(WebPushKeysError);
      expect((error as WebPushKeysError).message).toContain(file());
      expect((error as WebPushKeysError).message).not.toContain(mine.privateKey);
      expect(await readFile(file(), 'utf8')).toBe(damaged);
    }
  });
});
