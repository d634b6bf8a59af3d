import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import type { Book } from '../../src/office/book.ts';
import { defaultBook } from '../../src/office/defaults.ts';
import {
  type OfficeBook,
  openOfficeBook,
  openSharedOfficeBook,
} from '../../src/office/office-book.ts';
import { OfficeBookError } from '../../src/office/parse.ts';

/** A pattern that does not come up while a test runs. */
const NEVER = '0 0 0 29 2 *';
const EVERY_SECOND = '* * * * * *';

let folder = '';
let lines: string[] = [];
const books: OfficeBook[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'office-'));
  lines = [];
});
afterEach(async () => {
  await Promise.all(books.splice(0).map((book) => book.close()));
  await rm(folder, { recursive: true });
});

const file = () => join(folder, 'office.json');

async function open(tick = NEVER): Promise<OfficeBook> {
  const log = createLog({ level: 'info' }, { write: (line) => lines.push(line) });
  const book = await openOfficeBook(folder, log, tick);
  books.push(book);
  return book;
}

async function edit(change: (book: Book) => void): Promise<void> {
  const book = JSON.parse(await readFile(file(), 'utf8')) as Book;
  change(book);
  await writeFile(file(), JSON.stringify(book, null, 2));
}

const logged = (level: string) =>
  lines
    .map((line) => JSON.parse(line) as { level: string; msg: string })
    .filter((l) => l.level === level);

describe('the office book', () => {
  it('is written with its defaults on the first start, for people to read', async () => {
    const book = await open();
    const text = await readFile(file(), 'utf8');
    expect(JSON.parse(text)).toEqual(defaultBook());
    expect(text.split('\n').length).toBeGreaterThan(100);
    expect(text.endsWith('}\n')).toBe(true);
    expect(await readdir(folder)).toEqual(['office.json']);
    expect(book.path).toBe(file());
  });

  it('says what a turn needs: calendar, settings, terms', async () => {
    const { calendar, settings, terms } = (await open()).snapshot();
    expect(calendar.weekly).toHaveLength(7);
    expect(calendar.weekly[5]).toEqual([{ from: '08:30', to: '17:30' }]);
    expect(calendar.weekly[6]).toEqual([]);
    expect(calendar.holidays).toContainEqual({ date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam' });
    expect(calendar.holidays.every((day) => !('note' in day))).toBe(true);
    expect(settings).toEqual({
      slaMinutes: 10,
      agentSilentMinutes: 5,
      sadpStaleHours: 24,
      sadpStringForUnsighted: true,
      requireVerification: false,
      quietHours: { from: '21:00', to: '07:30' },
      termsVersion: terms.version,
      terms: terms.text,
    });
  });

  it('keeps what was edited before a restart', async () => {
    await (await open()).close();
    await edit((book) => {
      book.slaMinutes = 25;
    });
    const before = await readFile(file(), 'utf8');
    expect((await open()).snapshot().settings.slaMinutes).toBe(25);
    expect(await readFile(file(), 'utf8')).toBe(before);
  });

  it('is taken in again when somebody edits it, without a restart', async () => {
    const book = await open(EVERY_SECOND);
    const first = book.snapshot();
    await edit((one) => {
      one.swaps.push({
        date: '2027-02-13',
        hours: [{ from: '08:30', to: '12:00' }],
        name: 'Làm bù',
      });
    });
    await expect.poll(() => book.snapshot().calendar.swaps.length, { timeout: 10_000 }).toBe(1);
    expect(first.calendar.swaps).toEqual([]);
    expect(logged('info').at(-1)?.msg).toContain('the new version is in force');
  });

  it('stays as it was when an edit is wrong, and the log says where and why, once', async () => {
    const book = await open();
    await edit((one) => {
      one.slaMinutes = 0;
    });
    const before = book.snapshot();
    await book.reload();
    await book.reload();
    expect(book.snapshot()).toBe(before);
    expect(logged('error').map(({ msg }) => msg)).toEqual([
      expect.stringContaining('slaMinutes: '),
    ]);
    expect(logged('error')[0]?.msg).toContain('The last good version stays in force.');

    await writeFile(file(), '{ "hours": ');
    await book.reload();
    expect(logged('error')).toHaveLength(2);
    expect(book.snapshot().settings.slaMinutes).toBe(10);
  });

  it('goes on with the mended edit, and says so when it was only put back', async () => {
    const book = await open();
    const good = await readFile(file(), 'utf8');
    await writeFile(file(), '{');
    await book.reload();
    await writeFile(file(), good);
    await book.reload();
    expect(logged('info').at(-1)?.msg).toContain('is in order again');
    await edit((one) => {
      one.slaMinutes = 15;
    });
    await book.reload();
    expect(book.snapshot().settings.slaMinutes).toBe(15);
  });

  it('stays in force when the file is taken away while it runs', async () => {
    const book = await open();
    await rm(file());
    await book.reload();
    await book.reload();
    expect(logged('error').map(({ msg }) => msg)).toEqual([expect.stringContaining('is gone')]);
    expect(book.snapshot().settings.slaMinutes).toBe(10);
  });

  it('warns when the terms changed under the same version', async () => {
    const book = await open();
    await edit((one) => {
      one.terms.text.vi += ' Và không có gì khác.';
    });
    await book.reload();
    expect(logged('warn')[0]?.msg).toContain('terms.version is still "1"');
    await edit((one) => {
      one.terms.text.vi += ' Hết.';
      one.terms.version = '2';
    });
    await book.reload();
    expect(logged('warn')).toHaveLength(1);
    expect(book.snapshot().settings.termsVersion).toBe('2');
  });

  it('of an older version is taken, with the defaults of what it does not know', async () => {
    const { quietHours, retentionDays, nudgeMinutes, cannedReplies, earlierTerms, ...old } =
      defaultBook();
    await writeFile(file(), JSON.stringify({ ...old, slaMinutes: 12 }));
    const { book } = (await open()).current();
    expect(book).toEqual({ ...defaultBook(), slaMinutes: 12, cannedReplies: [] });
    expect({ quietHours, retentionDays, nudgeMinutes, earlierTerms }).toEqual({
      quietHours: book.quietHours,
      retentionDays: book.retentionDays,
      nudgeMinutes: book.nudgeMinutes,
      earlierTerms: book.earlierTerms,
    });
    expect(cannedReplies.length).toBeGreaterThan(0);
  });

  it('is saved from the desk: in force at once, and readable in the file', async () => {
    const book = await open();
    const { version, book: before } = book.current();
    expect(await book.save({ ...before, slaMinutes: 30 }, version)).toBe(true);
    expect(book.snapshot().settings.slaMinutes).toBe(30);
    expect(JSON.parse(await readFile(file(), 'utf8')).slaMinutes).toBe(30);
    expect(book.current().version).not.toBe(version);
  });

  it('is not saved over another edit, by hand or from the desk, or when it is wrong', async () => {
    const book = await open();
    const { version, book: before } = book.current();
    await edit((one) => {
      one.slaMinutes = 15;
    });
    expect(await book.save({ ...before, slaMinutes: 30 }, version)).toBe(false);
    expect(book.snapshot().settings.slaMinutes).toBe(15);
    const second = book.current();
    const saves = await Promise.all(
      [20, 25].map((slaMinutes) => book.save({ ...second.book, slaMinutes }, second.version)),
    );
    expect(saves).toEqual([true, false]);
    await expect(
      book.save({ ...second.book, slaMinutes: 0 }, book.current().version),
    ).rejects.toMatchObject({ code: 'officeBook', places: ['slaMinutes'] });
    expect(book.snapshot().settings.slaMinutes).toBe(20);
  });

  it('takes the place of a wrong edit when it is saved from the desk', async () => {
    const book = await open();
    await writeFile(file(), '{');
    await book.reload();
    const { complaint, version, book: good } = book.current();
    expect(complaint).toContain('not JSON');
    expect(await book.save({ ...good, slaMinutes: 12 }, version)).toBe(true);
    expect(book.current()).toMatchObject({ complaint: null, book: { slaMinutes: 12 } });
  });

  it('refuses to start with a wrong file, since there is no good version to keep', async () => {
    await writeFile(file(), '{ "hours": 1 }');
    await expect(open()).rejects.toThrow(OfficeBookError);
    await expect(open()).rejects.toThrow(/office\.json cannot be used: line 1, hours: .*Mend it/);
    expect(await readFile(file(), 'utf8')).toBe('{ "hours": 1 }');
  });
});

describe('the office book of several processes', () => {
  /** Rows in memory, as a store keeps them. */
  function makeDocuments() {
    const rows = new Map<string, string>();
    return {
      rows,
      document: async (name: string) => rows.get(name) ?? null,
      putDocument: async (name: string, text: string) => void rows.set(name, text),
      offerDocument: async (name: string, text: string) => {
        rows.set(name, rows.get(name) ?? text);
        return rows.get(name) ?? text;
      },
    };
  }
  const quiet = createLog({ level: 'info' }, { write: (line) => lines.push(line) });

  it('is one book, and an edit is seen by all', async () => {
    const documents = makeDocuments();
    const all = await Promise.all(
      [1, 2, 3].map(() => openSharedOfficeBook(documents, folder, quiet, NEVER)),
    );
    books.push(...all);
    const [text] = documents.rows.values();
    const edited = JSON.parse(text ?? '') as Book;
    edited.slaMinutes = 25;
    await documents.putDocument('officeBook', JSON.stringify(edited));
    for (const book of all) await book.reload();
    expect(all.map((book) => book.snapshot().settings.slaMinutes)).toEqual([25, 25, 25]);
    await documents.putDocument('officeBook', '{"slaMinutes": "soon"}');
    for (const book of all) await book.reload();
    expect(all.map((book) => book.snapshot().settings.slaMinutes)).toEqual([25, 25, 25]);
    expect(logged('error')).toHaveLength(3);
  });

  it('begins as the one that lay in the storage folder, or is refused like it', async () => {
    await writeFile(file(), JSON.stringify({ ...defaultBook(), slaMinutes: 7 }));
    const book = await openSharedOfficeBook(makeDocuments(), folder, quiet, NEVER);
    books.push(book);
    expect(book.snapshot().settings.slaMinutes).toBe(7);
    await writeFile(file(), 'no book');
    await expect(openSharedOfficeBook(makeDocuments(), folder, quiet, NEVER)).rejects.toThrow(
      'office.json cannot be used',
    );
  });
});
