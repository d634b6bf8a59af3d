import { useState } from 'preact/hooks';
import { type AuditLineView, AuditTrailSchema } from '../../desk/wire/audit.ts';
import { type AuditChoice, AuditFilter, EVERYTHING } from './audit-filter.tsx';
import { usePageTitle } from './page-title.ts';
import { Busy, TroubleBox } from './parts.tsx';
import { linkTo } from './route.ts';
import { actionText, actorText, type T, useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

const PAGE = 200;

/** Who looked at what, decided what and let whom in, newest first. For admins. */
export function Audit() {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const [limit, setLimit] = useState(PAGE);
  const [choice, setChoice] = useState<AuditChoice>(EVERYTHING);
  const { data, trouble, reload } = useData(`/audit?limit=${limit}`, AuditTrailSchema);
  // A longer list is on its way: meanwhile the shorter one stays.
  const [known, setKnown] = useState(data);
  if (data !== null && data !== known) setKnown(data);
  usePageTitle(t('audit.title'));
  const lines = (known?.lines ?? []).filter((line) => fits(line, choice));
  return (
    <section class="page">
      <div class="page-head">
        <h1>{t('audit.title')}</h1>
        <p class="soft">{t('audit.lead')}</p>
      </div>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!known && !trouble && <Busy />}
      {known && (
        <>
          <AuditFilter lines={known.lines} choice={choice} change={setChoice}>
            {t('audit.shown', { count: lines.length })}
          </AuditFilter>
          {lines.length === 0 && <p class="empty card">{t('audit.empty')}</p>}
          {lines.length > 0 && <AuditTable lines={lines} />}
          {known.more && (
            <button type="button" class="more" onClick={() => setLimit(limit * 2)}>
              {t('audit.more')}
            </button>
          )}
        </>
      )}
    </section>
  );
}

function fits(line: AuditLineView, { who, what }: AuditChoice): boolean {
  return (who === '' || line.actor.id === who) && (what === '' || line.action === what);
}

function AuditTable({ lines }: { lines: AuditLineView[] }) {
  const { t, language } = useTexts();
  return (
    <div class="card table-card">
      <table class="audit">
        <thead>
          <tr>
            {(['when', 'who', 'what', 'about'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`audit.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            // Lines are only ever added before these: counted from the end they keep their key.
            <tr key={lines.length - index}>
              <td class="audit-when">{timeText(language, line.at)}</td>
              <td>{actorText(t, line.actor)}</td>
              <td>
                {actionText(t, line.action)}
                {detailText(t, line)}
              </td>
              <td>
                <About about={line.about} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was decided, or which role was given; ids say nothing to people. */
function detailText(t: T, { action, detail }: AuditLineView) {
  if (detail === null) return null;
  if (action === 'case.decide') return <span class="soft"> · {decisionText(t, detail)}</span>;
  const [, photos, strings, lines] = /^(\d+)\/(\d+)\/(\d+)$/.exec(detail) ?? [];
  if (photos !== undefined && strings !== undefined && lines !== undefined) {
    return <span class="soft"> · {t('audit.erased', { photos, strings, lines })}</span>;
  }
  const isRole =
    detail === 'admin' || detail === 'agent' || detail === 'viewer' || detail === 'left';
  return isRole ? <span class="soft"> · {t(`roles.${detail}`)}</span> : null;
}

const REASONS_OF = /^(inReview|unbound|rejected|needsInfo)(?::(\w+))?$/;

function decisionText(t: T, detail: string): string {
  const [, status, reason] = REASONS_OF.exec(detail) ?? [];
  if (status === undefined) return detail;
  const words = t(`status.${status as 'inReview'}`);
  return reason === undefined ? words : `${words} · ${t(`reasons.${reason as 'other'}`)}`;
}

function About({ about }: { about: AuditLineView['about'] }) {
  const { t } = useTexts();
  if (about === null) return null;
  if (about.kind === 'person') return <>{about.label ?? about.id}</>;
  const label = about.kind === 'case' ? (about.label ?? about.id) : t('audit.conversation');
  return <a href={linkTo({ view: about.kind, id: about.id })}>{label}</a>;
}
