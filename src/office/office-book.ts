import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { Low } from 'lowdb';
import type { Logger } from 'pino';
import type { DialogueSettings } from '../dialogue/settings.ts';
import type { Calendar } from '../domain/calendar.ts';
import { steadily } from '../engine/steadily.ts';
import { type Book, WEEKDAYS } from './book.ts';
import { defaultBook } from './defaults.ts';
import { checkBook } from './parse.ts';
import {
  BOOK_FILE,
  type Documents,
  fileIn,
  firstReading,
  offerFirst,
  type Place,
  rowIn,
} from './places.ts';

const EVERY_FIVE_SECONDS = '*/5 * * * * *';

/** What the office book says at one moment. Made once per edit; the same object until the next. */
export interface OfficeSnapshot {
  calendar: Calendar;
  settings: DialogueSettings;
  terms: { version: string; text: { vi: string; en: string } };
  cannedReplies: Book['cannedReplies'];
}

export interface OfficeBook {
  /** Where it lies: the absolute path of the file that people edit, or a row of the database. */
  readonly path: string;
  snapshot(): OfficeSnapshot;
  /** The whole book in force, and its version: another one after each edit. */
  current(): { book: Book; version: string; complaint: string | null };
  /**
   * Writes a book that is in force when this resolves.
   * @param seen the version that was edited
   * @returns false when there is another one by now, and nothing is written
   * @throws {OfficeBookError} it is wrong, and nothing is written
   */
  save(book: unknown, seen: string): Promise<boolean>;
  /** Looks at the file now instead of at the next tick. Never rejects. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** What turns need of a book. */
export function snapshotOf(book: Book): OfficeSnapshot {
  return {
    calendar: {
      weekly: WEEKDAYS.map((day) => book.hours[day]),
      holidays: book.holidays.map(({ date, name }) => ({ date, name })),
      swaps: book.swaps.map(({ date, hours, name }) => ({ date, hours, name })),
    },
    settings: {
      slaMinutes: book.slaMinutes,
      agentSilentMinutes: book.agentSilentMinutes,
      sadpStaleHours: book.sadpStaleHours,
      sadpStringForUnsighted: book.sadpStringForUnsighted,
      requireVerification: book.requireVerification,
      quietHours: book.quietHours,
      termsVersion: book.terms.version,
      terms: book.terms.text,
    },
    terms: book.terms,
    cannedReplies: book.cannedReplies,
  };
}

/** Says so when the words changed under a version that somebody may have agreed to. */
function warnOfSilentTerms(before: Book, after: Book, log: Logger): void {
  const { vi, en } = before.terms.text;
  const same = vi === after.terms.text.vi && en === after.terms.text.en;
  if (same || before.terms.version !== after.terms.version) return;
  log.warn(
    `${BOOK_FILE}: terms.text changed but terms.version is still "${after.terms.version}"; raise the ` +
      'version, so that cases tell what was agreed to.',
  );
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/**
 * Opens the office book in `dir`, writing one with the defaults on the first start, and looks
 * every few seconds whether somebody edited it. A wrong edit changes nothing: the last good
 * version stays in force and the log names the place and the reason, once per edit.
 * @param tick cron pattern (with seconds) of the looking
 * @throws {OfficeBookError} the file is wrong at the start, when there is no good version to keep
 */
export async function openOfficeBook(
  dir: string,
  log: Logger,
  tick: string = EVERY_FIVE_SECONDS,
): Promise<OfficeBook> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  return keepBook(fileIn(dir), log, tick);
}

/**
 * The same book for all processes over one store. The first one there is the one that lies in `dir`.
 * @throws {OfficeBookError} as above
 */
export async function openSharedOfficeBook(
  documents: Documents,
  dir: string,
  log: Logger,
  tick: string = EVERY_FIVE_SECONDS,
): Promise<OfficeBook> {
  await offerFirst(documents, dir);
  return keepBook(rowIn(documents), log, tick);
}

async function keepBook(place: Place, log: Logger, tick: string): Promise<OfficeBook> {
  const path = place.name;
  let found = false;
  const adapter = {
    async read() {
      const book = await place.read();
      found = book !== null;
      return book;
    },
    write: (book: Book) => place.write(book),
  };
  const low = new Low<Book>(adapter, defaultBook());
  const first = await firstReading(place);
  if (first) low.data = first;
  else await low.write();

  let inForce = JSON.stringify(low.data);
  let current = snapshotOf(low.data);
  /** What was last complained about; null while the file is in order. */
  let complaint: string | null = null;

  function complain(why: string): void {
    if (why === complaint) return;
    complaint = why;
    log.error(`${path} is not used: ${why}. The last good version stays in force.`);
  }

  async function look(): Promise<void> {
    const before = low.data;
    try {
      // Low keeps its data when parsing throws: that is the last good version.
      await low.read();
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
      return;
    }
    if (!found) {
      complain('the file is gone');
      return;
    }
    const read = JSON.stringify(low.data);
    if (read === inForce) {
      if (complaint !== null) log.info(`${path} is in order again.`);
    } else {
      warnOfSilentTerms(before, low.data, log);
      inForce = read;
      current = snapshotOf(low.data);
      log.info(`${path} was edited; the new version is in force.`);
    }
    complaint = null;
  }

  // One look at a time, so that an older reading never replaces a newer one.
  let looking: Promise<void> = Promise.resolve();
  function reload(): Promise<void> {
    looking = looking.then(look);
    return looking;
  }
  const task = steadily(tick, reload);

  async function write(book: Book, seen: string): Promise<boolean> {
    // What somebody wrote into the file a moment ago is seen first, and is not lost.
    await look();
    if (versionOf(inForce) !== seen) return false;
    await place.write(book);
    await look();
    return true;
  }

  return {
    path,
    snapshot: () => current,
    current: () => ({ book: low.data, version: versionOf(inForce), complaint }),
    save: async (book, seen) => {
      const checked = checkBook(book);
      const writing = looking.then(() => write(checked, seen));
      looking = writing.then(
        () => undefined,
        () => undefined,
      );
      return writing;
    },
    reload,
    close: async () => {
      await task.stop();
      await looking;
    },
  };
}
