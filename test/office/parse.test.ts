import { describe, expect, it } from 'vitest';
import { defaultBook } from '../../src/office/defaults.ts';
import { OfficeBookError, parseBook } from '../../src/office/parse.ts';

/** The default book with one place replaced, as text. */
function edited(edit: (book: Record<string, unknown>) => void): string {
  const book = JSON.parse(JSON.stringify(defaultBook())) as Record<string, unknown>;
  edit(book);
  return JSON.stringify(book, null, 2);
}

function reason(text: string): string {
  try {
    parseBook(text);
  } catch (error) {
    if (error instanceof OfficeBookError) return error.message;
    throw error;
  }
  throw new Error('the book was accepted');
}

describe('the office book of a first start', () => {
  const book = defaultBook();

  it('passes its own schema', () => {
    expect(parseBook(JSON.stringify(book))).toEqual(book);
  });

  it('is open Monday to Saturday from 08:30 to 17:30', () => {
    const open = [{ from: '08:30', to: '17:30' }];
    const { sunday, ...workdays } = book.hours;
    expect(sunday).toEqual([]);
    expect(Object.values(workdays)).toEqual([open, open, open, open, open, open]);
    expect(book.slaMinutes).toBe(10);
  });

  it('knows the public holidays of both years, 24 November included', () => {
    const of = (year: string) => book.holidays.filter(({ date }) => date.startsWith(year));
    expect(of('2026').map(({ date }) => date.slice(5))).toEqual([
      '01-01',
      '02-16',
      '02-17',
      '02-18',
      '02-19',
      '02-20',
      '04-26',
      '04-27',
      '04-30',
      '05-01',
      '09-01',
      '09-02',
      '11-24',
    ]);
    expect(of('2027').map(({ date }) => date.slice(5))).toEqual([
      '01-01',
      '02-05',
      '02-06',
      '02-07',
      '02-08',
      '02-09',
      '02-10',
      '04-16',
      '04-30',
      '05-01',
      '09-02',
      '09-03',
      '11-24',
    ]);
  });

  it('marks the days of 2027 that wait for the yearly plan', () => {
    const waiting = book.holidays.filter(({ note }) => note !== undefined).map(({ date }) => date);
    expect(waiting).toEqual([
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-02-09',
      '2027-02-10',
      '2027-09-03',
    ]);
  });

  it('makes up for each holiday on a Sunday by a day off that follows', () => {
    const dates = new Set(book.holidays.map(({ date }) => date));
    for (const { date, name } of book.holidays) {
      if (new Date(`${date}T00:00Z`).getUTCDay() !== 0) continue;
      const makeUp = book.holidays.find((other) => other.name === `Nghỉ bù ${name}`);
      expect(makeUp, date).toBeDefined();
      expect(dates.has(makeUp?.date ?? '')).toBe(true);
      expect((makeUp?.date ?? '') > date).toBe(true);
    }
  });

  it('carries the terms in both languages', () => {
    expect(book.terms.text.vi).toContain('chỉ được dùng để hủy liên kết');
    expect(book.terms.text.en).toContain('used only to unbind');
    expect(book.terms.text.vi.split('\n').length).toBe(book.terms.text.en.split('\n').length);
  });
});

describe('a hand edit that is wrong', () => {
  it.each<[string, (book: Record<string, unknown>) => void, string]>([
    [
      'an impossible date',
      (book) => {
        book.holidays = [{ date: '2027-02-30', name: 'Tết' }];
      },
      'holidays[0].date: must be a date of the calendar such as "2026-09-02"',
    ],
    [
      'a date twice',
      (book) => {
        book.holidays = [
          { date: '2027-09-02', name: 'a' },
          { date: '2027-09-02', name: 'b' },
        ];
      },
      'holidays[1].date: 2027-09-02 is listed twice',
    ],
    [
      'a time that is none',
      (book) => {
        book.hours = { ...(book.hours as object), monday: [{ from: '8:30', to: '17:30' }] };
      },
      'hours.monday[0].from: must be a time such as "08:30"',
    ],
    [
      'hours that run backwards',
      (book) => {
        book.hours = { ...(book.hours as object), friday: [{ from: '17:30', to: '08:30' }] };
      },
      'hours.friday[0]: "from" must be earlier than "to"',
    ],
    [
      'hours that overlap',
      (book) => {
        book.hours = {
          ...(book.hours as object),
          friday: [
            { from: '08:30', to: '12:00' },
            { from: '11:00', to: '17:30' },
          ],
        };
      },
      'hours.friday[1].from: must not be earlier than 12:00',
    ],
    [
      'a week that is closed',
      (book) => {
        book.hours = Object.fromEntries(Object.keys(book.hours as object).map((day) => [day, []]));
      },
      'hours: must open on one weekday at least',
    ],
    [
      'a misspelt setting',
      (book) => {
        book.slaMinuets = 5;
      },
      'slaMinuets',
    ],
    [
      'a missing setting',
      (book) => {
        delete book.slaMinutes;
      },
      'slaMinutes: ',
    ],
    [
      'a wrong kind',
      (book) => {
        book.requireVerification = 'no';
      },
      'requireVerification: ',
    ],
    [
      'terms in one language',
      (book) => {
        book.terms = { version: '2', text: { vi: 'a' } };
      },
      'terms.text.en: ',
    ],
  ])('%s is named by its place and its reason', (_what, edit, expected) => {
    expect(reason(edited(edit))).toContain(expected);
  });

  it('names the line of a wrong entry, and of the entry that lacks one', () => {
    const text = edited((book) => {
      book.slaMinutes = '10 minutes';
      book.terms = { version: '2', text: { vi: 'a' } };
    });
    const lines = text.split('\n');
    const lineOf = (piece: string) => lines.findLastIndex((line) => line.includes(piece)) + 1;
    const told = reason(text);
    expect(told).toContain(`line ${lineOf('"slaMinutes"')}, slaMinutes: `);
    expect(told).toContain(`line ${lineOf('"text": {')}, terms.text.en: `);
  });

  it('names the line of a slip in the JSON', () => {
    expect(reason('{\n  "hours": {},\n  "holidays" [],\n}')).toMatch(
      /^line 3, column \d+: .*comma/,
    );
    expect(reason('')).toContain('the file is empty or ends too early');
    expect(reason('[]')).toContain('the whole file: ');
  });

  it('keeps the list of reasons readable', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ date: `day ${index}`, name: 'y' }));
    expect(
      reason(
        edited((book) => {
          book.holidays = many;
        }),
      ),
    ).toContain('and 32 more');
  });

  it('forgives the mark that Windows editors put before the text', () => {
    expect(parseBook(`\uFEFF${JSON.stringify(defaultBook())}`).slaMinutes).toBe(10);
  });
});
