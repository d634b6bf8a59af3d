import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Office } from '../../desk/wire/office.ts';
import { byDate, type Draft, type PartProps } from './office-draft.ts';
import { HoursInput } from './office-fields.tsx';
import { useTexts } from './texts.ts';
import { today } from './times.ts';

type Day = Draft['holidays'][number];

/** Date, name, and what else a day has; removed by a button of its own. */
function DayRow<T extends Day>(props: {
  day: T;
  change: (day: T) => void;
  remove: () => void;
  children?: ComponentChildren;
}) {
  const { t } = useTexts();
  const { day } = props;
  return (
    <li class="day">
      <input
        type="date"
        required
        aria-label={t('office.days.date')}
        value={day.date}
        onInput={(event) => props.change({ ...day, date: event.currentTarget.value })}
      />
      <input
        required
        maxLength={120}
        aria-label={t('office.days.name')}
        value={day.name}
        onInput={(event) => props.change({ ...day, name: event.currentTarget.value })}
      />
      {props.children}
      <button
        type="button"
        aria-label={t('office.days.remove', { name: `${day.date} ${day.name}`.trim() })}
        onClick={props.remove}
      >
        {t('office.days.removeShort')}
      </button>
    </li>
  );
}

/** What every list of days does: change one, remove one. */
function editing<T>(days: readonly T[], change: (days: T[]) => void) {
  return (day: T) => ({
    change: (other: T) => change(days.map((one) => (one === day ? other : one))),
    remove: () => change(days.filter((one) => one !== day)),
  });
}

function withoutNote({ date, name }: Day): Day {
  return { date, name };
}

export function HolidaysPart({ draft, change, state }: PartProps & { state: Office }) {
  const { t } = useTexts();
  const [past, setPast] = useState(false);
  const { holidays } = draft;
  const set = (days: Day[]) => change({ holidays: days });
  const edit = editing(holidays, set);
  // A row that is being written is never hidden, whatever its date is meanwhile.
  const isPast = (day: Day) => state.book.holidays.includes(day) && day.date < today();
  const known = new Set([...holidays, ...draft.swaps].map(({ date }) => date));
  const missing = state.gaps.missing.filter(({ date }) => !known.has(date));
  const unofficial = holidays.filter((day) => day.note !== undefined && !isPast(day));
  const gone = holidays.filter(isPast).length;
  const shown = holidays.filter((day) => past || !isPast(day));
  return (
    <section class="card">
      <h2>{t('office.sections.holidays')}</h2>
      {missing.length > 0 && (
        <p class="notice">{t('office.days.missing', { count: missing.length })}</p>
      )}
      {unofficial.length > 0 && (
        <p class="notice">{t('office.days.unofficial', { count: unofficial.length })}</p>
      )}
      {shown.length === 0 && <p class="soft">{t('office.days.none')}</p>}
      <ul class="days">
        {shown.map((day) => (
          <DayRow key={holidays.indexOf(day)} day={day} {...edit(day)}>
            {day.note !== undefined && !isPast(day) && (
              <button
                type="button"
                title={day.note}
                onClick={() => edit(day).change(withoutNote(day))}
              >
                {t('office.days.official')}
              </button>
            )}
          </DayRow>
        ))}
      </ul>
      <div class="row">
        <button type="button" onClick={() => set([...holidays, { date: '', name: '' }])}>
          {t('office.days.addHoliday')}
        </button>
        {missing.length > 0 && (
          <button type="button" onClick={() => set(byDate([...holidays, ...missing]))}>
            {t('office.days.addMissing', { count: missing.length })}
          </button>
        )}
        {gone > 0 && !past && (
          <button type="button" onClick={() => setPast(true)}>
            {t('office.days.past', { count: gone })}
          </button>
        )}
      </div>
    </section>
  );
}

export function SwapsPart({ draft, change }: PartProps) {
  const { t } = useTexts();
  const { swaps } = draft;
  const set = (days: Draft['swaps']) => change({ swaps: days });
  const edit = editing(swaps, set);
  return (
    <section class="card">
      <h2>{t('office.sections.swaps')}</h2>
      {swaps.length === 0 && <p class="soft">{t('office.days.none')}</p>}
      <ul class="days">
        {swaps.map((day, index) => (
          <DayRow key={index} day={day} {...edit(day)}>
            <HoursInput
              label={t('office.days.hours')}
              value={day.hours}
              change={(hours) => edit(day).change({ ...day, hours })}
            />
          </DayRow>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => set([...swaps, { date: '', name: '', hours: '08:30-17:30' }])}
      >
        {t('office.days.addSwap')}
      </button>
    </section>
  );
}
