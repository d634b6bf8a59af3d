import type { Book } from './book.ts';

type Holiday = Book['holidays'][number];

const LUNAR_PLAN_2027 =
  'Chưa chính thức: chờ kế hoạch nghỉ Tết năm 2027 của Chính phủ. / Not official yet: the ' +
  "government's plan for 2027 decides which five days are off.";
const ADJOINING_2027 =
  'Chưa chính thức: ngày nghỉ liền kề là 1/9 hoặc 3/9, theo kế hoạch năm 2027. / Not official ' +
  'yet: the adjoining day is 1 or 3 September, as the plan for 2027 decides.';

function day(date: string, name: string, note?: string): Holiday {
  return note === undefined ? { date, name } : { date, name, note };
}

/**
 * Public holidays of Vietnam in 2026 and 2027, for an office that rests on Sundays: a holiday on a
 * Sunday is made up for on the next working day. Labour Code 2019, article 112, with 24 November
 * added by Resolution 28/2026/QH16; lunar dates (Tết from 17/02/2026 and 06/02/2027, Hung Kings
 * on 26/04/2026 and 16/04/2027) as `date-holidays` 3.37.0 computes them. Entries with a note wait
 * for the yearly plan.
 */
export const HOLIDAYS: readonly Holiday[] = [
  day('2026-01-01', 'Tết Dương lịch'),
  day('2026-02-16', 'Tết Nguyên đán'),
  day('2026-02-17', 'Tết Nguyên đán'),
  day('2026-02-18', 'Tết Nguyên đán'),
  day('2026-02-19', 'Tết Nguyên đán'),
  day('2026-02-20', 'Tết Nguyên đán'),
  day('2026-04-26', 'Giỗ Tổ Hùng Vương'),
  day('2026-04-27', 'Nghỉ bù Giỗ Tổ Hùng Vương'),
  day('2026-04-30', 'Ngày Chiến thắng'),
  day('2026-05-01', 'Quốc tế Lao động'),
  day('2026-09-01', 'Quốc khánh'),
  day('2026-09-02', 'Quốc khánh'),
  day('2026-11-24', 'Ngày Văn hóa Việt Nam'),
  day('2027-01-01', 'Tết Dương lịch'),
  day('2027-02-05', 'Tết Nguyên đán', LUNAR_PLAN_2027),
  day('2027-02-06', 'Tết Nguyên đán', LUNAR_PLAN_2027),
  day('2027-02-07', 'Tết Nguyên đán', LUNAR_PLAN_2027),
  day('2027-02-08', 'Tết Nguyên đán', LUNAR_PLAN_2027),
  day('2027-02-09', 'Tết Nguyên đán', LUNAR_PLAN_2027),
  day('2027-02-10', 'Nghỉ bù Tết Nguyên đán', LUNAR_PLAN_2027),
  day('2027-04-16', 'Giỗ Tổ Hùng Vương'),
  day('2027-04-30', 'Ngày Chiến thắng'),
  day('2027-05-01', 'Quốc tế Lao động'),
  day('2027-09-02', 'Quốc khánh'),
  day('2027-09-03', 'Quốc khánh', ADJOINING_2027),
  day('2027-11-24', 'Ngày Văn hóa Việt Nam'),
];
