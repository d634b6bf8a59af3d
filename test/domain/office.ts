import type { Calendar, HoursRange } from '../../src/domain/calendar.ts';

const hours: HoursRange[] = [{ from: '08:30', to: '17:30' }];
const halves: HoursRange[] = [
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '17:30' },
];

/** Monday to Saturday, a lunch break on Wednesdays, a holiday, and a Sunday that is worked. */
export const office: Calendar = {
  weekly: [hours, hours, halves, hours, hours, hours, []],
  holidays: [{ date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam' }],
  swaps: [{ date: '2026-11-29', hours: [{ from: '09:00', to: '12:00' }], name: 'Làm bù' }],
};

/** Open from 22:00 to 06:00, on the nights that begin on Monday to Friday. */
export const nightOffice: Calendar = {
  weekly: [0, 1, 2, 3, 4, 5, 6].map((day) => [
    ...(day >= 1 && day <= 5 ? [{ from: '00:00', to: '06:00' }] : []),
    ...(day <= 4 ? [{ from: '22:00', to: '24:00' }] : []),
  ]),
  holidays: [],
  swaps: [],
};

/** Never closes. */
export const allHours: Calendar = {
  weekly: [0, 1, 2, 3, 4, 5, 6].map(() => [{ from: '00:00', to: '24:00' }]),
  holidays: [],
  swaps: [],
};

export const closedForever: Calendar = {
  weekly: [[], [], [], [], [], [], []],
  holidays: [],
  swaps: [],
};

/** "2026-11-23 08:30" in Vietnam as epoch ms. */
export function local(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00+07:00`);
}
