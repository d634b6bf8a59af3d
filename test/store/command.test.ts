import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Assistant } from '../e2e/assistant.ts';
import { KEY, makeSqlitePlace } from './place.ts';

const PROGRAM = resolve(import.meta.dirname, '../../src/store.ts');

function run(settings: Record<string, string>, ...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, ...args], {
    env: { PATH: process.env.PATH ?? '', ...settings },
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

describe('npm run store', () => {
  it('backs up a running assistant with its office book, says that the key is not in it, and restores both', async () => {
    const assistant = await Assistant.begin();
    onTestFinished(() => assistant.remove());
    const STORAGE_DIR = assistant.storage;
    const key = (await readFile(join(STORAGE_DIR, 'secret.key'), 'utf8')).trim();
    const edited = JSON.parse(await readFile(join(STORAGE_DIR, 'office.json'), 'utf8'));
    edited.slaMinutes = 25;
    await writeFile(join(STORAGE_DIR, 'office.json'), JSON.stringify(edited));

    const place = await makeSqlitePlace();
    onTestFinished(() => place.remove());
    const file = join(place.folder, 'backup.db.gz');
    const backup = run({ STORAGE_DIR }, 'backup', file);
    expect(backup.said).toContain('The key is NOT in it');
    expect(backup.status).toBe(0);
    expect(backup.said).not.toContain(key);

    const there = join(place.folder, 'there');
    const keyless = run({ STORAGE_DIR: there }, 'restore', file);
    expect(keyless.said).toContain('There is no key');
    expect(keyless.status).toBe(1);

    await mkdir(there, { recursive: true });
    await writeFile(join(there, 'office.json'), '{}');
    const restored = run({ STORAGE_DIR: there, SECRET_KEY: key }, 'restore', file);
    expect(restored.said).toContain('office.json.before-restore');
    expect(restored.status).toBe(0);
    const book = JSON.parse(await readFile(join(there, 'office.json'), 'utf8'));
    expect(book).toEqual(edited);
    const pushKeys = async (dir: string) =>
      JSON.parse(await readFile(join(dir, 'web-push.json'), 'utf8'));
    expect(await pushKeys(there)).toEqual(await pushKeys(STORAGE_DIR));

    // What is restored can be backed up again, with the book as it is edited by then.
    await writeFile(join(there, 'office.json'), JSON.stringify({ ...edited, slaMinutes: 30 }));
    const again = join(place.folder, 'again.db.gz');
    expect(run({ STORAGE_DIR: there, SECRET_KEY: key }, 'backup', again).status).toBe(0);
    const copy = join(place.folder, 'copy');
    expect(run({ STORAGE_DIR: copy, SECRET_KEY: key }, 'restore', again).status).toBe(0);
    expect(JSON.parse(await readFile(join(copy, 'office.json'), 'utf8')).slaMinutes).toBe(30);
  });

  it('refuses to restore under a running assistant, and leaves nothing behind', async () => {
    const assistant = await Assistant.begin();
    onTestFinished(() => assistant.remove());
    const place = await makeSqlitePlace();
    onTestFinished(() => place.remove());
    const file = join(place.folder, 'backup.db.gz');
    run({ STORAGE_DIR: assistant.storage }, 'backup', file);
    const before = await readdir(assistant.storage);
    const restored = run({ STORAGE_DIR: assistant.storage }, 'restore', file);
    expect(restored.said).toContain('Another assistant is running');
    expect(restored.status).toBe(1);
    expect(await readdir(assistant.storage)).toEqual(before);
    expect(await readdir(place.folder)).toEqual(['backup.db.gz']);
  });

  it('makes a token for a program, lists it without what it is, and drops it', async () => {
    const place = await makeSqlitePlace();
    onTestFinished(() => place.remove());
    const there = {
      STORAGE_DIR: place.folder,
      SECRET_KEY: KEY.toString('base64'),
    };
    await (await place.open()).close();
    const made = run(there, 'token', 'add', 'report', 'cases:read,cases:export', '365');
    expect(made.status).toBe(0);
    const token = /unbind_[\w-]{43}/.exec(made.said)?.[0] ?? 'none';
    const listed = run(there, 'token', 'list');
    expect(listed.said).toContain('report: cases:read, cases:export until ');
    expect(listed.said).not.toContain(token);
    expect(run(there, 'token', 'add', 'report', 'cases:read').said).toContain('drop it first');
    expect(run(there, 'token', 'add', 'other', 'everything').said).toContain('cases:read');
    expect(run(there, 'token', 'drop', 'report').status).toBe(0);
    expect(run(there, 'token', 'drop', 'report').said).toContain('There is no token "report"');
  });
});
