import { useState } from 'preact/hooks';
import { FiguresSchema, type FiguresView, type Spread } from '../../desk/wire/figures.ts';
import { postForFile } from './api.ts';
import { usePageTitle } from './page-title.ts';
import { Alert, Busy, TroubleBox } from './parts.tsx';
import { Bars } from './plots.tsx';
import { type T, useTexts } from './texts.ts';
import { useAct, useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

interface Days {
  from: string;
  to: string;
}

const DAY = 24 * 60 * 60 * 1000;
const ZONE = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });

/** The last thirty days, today included. */
function lately(): Days {
  const now = Date.now();
  return { from: ZONE.format(now - 29 * DAY), to: ZONE.format(now) };
}

/** How fast and how well cases are answered. */
export function Figures() {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const [days, setDays] = useState(lately);
  const query = `from=${days.from}&to=${days.to}`;
  const { data, trouble, reload } = useData(`/figures?${query}`, FiguresSchema);
  usePageTitle(t('inbox.figures.title'));
  return (
    <section class="page">
      <div class="page-head">
        <h1>{t('inbox.figures.title')}</h1>
        <Range days={days} show={setDays} />
        <Export days={days} />
      </div>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data?.sent === 0 && <p class="empty card">{t('inbox.figures.none')}</p>}
      {data && data.sent > 0 && <Plots figures={data} />}
    </section>
  );
}

function Range({ days, show }: { days: Days; show: (days: Days) => void }) {
  const { t } = useTexts();
  const day = (name: keyof Days) => (
    <label class="figure-day">
      {t(`inbox.figures.${name}`)}
      <input
        type="date"
        required
        value={days[name]}
        max={name === 'from' ? days.to : undefined}
        min={name === 'to' ? days.from : undefined}
        onChange={({ currentTarget: { value } }) => {
          if (value !== '') show({ ...days, [name]: value });
        }}
      />
    </label>
  );
  return (
    <div class="row">
      {day('from')}
      {day('to')}
    </div>
  );
}

function Export({ days }: { days: Days }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const save = () =>
    run(async () => {
      const url = URL.createObjectURL(await postForFile('/figures/csv', days));
      const link = document.createElement('a');
      link.href = url;
      link.download = `cases-${days.from}-${days.to}.csv`;
      link.click();
      URL.revokeObjectURL(url);
    });
  return (
    <>
      <button type="button" disabled={busy} onClick={() => void save()}>
        {t('inbox.figures.export')}
      </button>
      <Alert text={trouble} />
    </>
  );
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)}%`;
}

function Plots({ figures }: { figures: FiguresView }) {
  const { t } = useTexts();
  const { sent, decided, kept, alone, ratings, slaMinutes } = figures;
  const numbers: [string, string, string?][] = [
    [t('inbox.figures.sent'), String(sent)],
    [t('inbox.figures.decided'), String(decided), share(decided, sent)],
    [t('inbox.figures.kept'), share(kept, decided)],
    [t('inbox.figures.alone'), share(alone, decided)],
    [
      t('inbox.figures.rating'),
      ratings.average === null ? t('inbox.figures.noneYet') : `${ratings.average} / 3`,
      t('inbox.figures.ratings', { count: ratings.count }),
    ],
  ];
  return (
    <>
      <dl class="figures">
        {numbers.map(([name, value, more]) => (
          <div key={name} class="card figure">
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong> {more && <span class="soft small">{more}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <div class="plots">
        <Times name="firstAnswer" spread={figures.firstAnswer} goal={slaMinutes} />
        <Times name="decision" spread={figures.decision} goal={slaMinutes} />
        <Plot title={t('inbox.figures.reasons')}>
          <Bars
            bars={figures.reasons.map(({ reason, count }) => ({
              name: t(`reasons.${reason}`),
              count,
            }))}
          />
        </Plot>
        <Plot title={t('inbox.figures.channels')}>
          <Bars
            bars={figures.channels.map(({ channel, count }) => ({
              name: t(`channel.${channel}`),
              count,
            }))}
          />
        </Plot>
        <Plot title={t('inbox.figures.hours')}>
          <Bars
            bars={figures.hours.flatMap((count, hour) =>
              count === 0 ? [] : [{ name: `${String(hour).padStart(2, '0')}:00`, count }],
            )}
          />
        </Plot>
      </div>
    </>
  );
}

function Plot(props: { title: string; lead?: string; children: preact.ComponentChildren }) {
  return (
    <section class="card plot">
      <h2>{props.title}</h2>
      {props.lead && <p class="soft small">{props.lead}</p>}
      {props.children}
    </section>
  );
}

function Times(props: { name: 'firstAnswer' | 'decision'; spread: Spread; goal: number }) {
  const { t } = useTexts();
  const { name, spread, goal } = props;
  const minutes = (count: number | null) =>
    count === null ? t('inbox.figures.noneYet') : t('inbox.figures.minutes', { count });
  const lead = [
    `${t('inbox.figures.median')}: ${minutes(spread.median)}`,
    `${t('inbox.figures.slowest')} ${minutes(spread.ninety)}`,
    t('inbox.figures.goal', { minutes: goal }),
  ].join(' · ');
  return (
    <Plot title={t(`inbox.figures.${name}`)} lead={lead}>
      <Bars
        bars={spread.buckets.map(({ upTo, count }, place) => ({
          name: bucketName(t, spread.buckets[place - 1]?.upTo ?? 0, upTo),
          count,
          late: upTo === null || upTo > goal,
        }))}
      />
    </Plot>
  );
}

function bucketName(t: T, from: number, upTo: number | null): string {
  return upTo === null
    ? t('inbox.figures.over', { count: from })
    : t('inbox.figures.minutes', { count: `${from}–${upTo}` });
}
