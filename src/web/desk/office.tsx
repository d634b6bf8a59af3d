import { useRef, useState } from 'preact/hooks';
import {
  type Book,
  OfficeSchema,
  type Preview,
  PreviewSchema,
  type Saved,
  type Office as State,
} from '../../desk/wire/office.ts';
import { post } from './api.ts';
import { HolidaysPart, SwapsPart } from './office-days.tsx';
import { bookOf, draftOf } from './office-draft.ts';
import { PromisesPart, WeekPart } from './office-fields.tsx';
import { SaveDialog } from './office-save.tsx';
import { RepliesPart, TermsPart } from './office-texts.tsx';
import { usePageTitle } from './page-title.ts';
import { Alert, Busy, TroubleBox } from './parts.tsx';
import { Summaries } from './summaries.tsx';
import { useTexts } from './texts.ts';
import { useAct, useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

/** The office book and how the days went. For admins. */
export function Office() {
  const { t } = useTexts();
  const textOf = useTroubleText();
  // News must not take away what is being written.
  const { data, trouble, reload } = useData('/office', OfficeSchema, () => false);
  const [shown, setShown] = useState<State | null>(null);
  const [said, setSaid] = useState('');
  usePageTitle(t('office.title'));
  // After a break everything is read again, and somebody else may have saved: what is being
  // written here stays, and is refused by its version.
  if (data !== null && shown === null) setShown(data);
  return (
    <section class="page page-narrow">
      <div class="page-head">
        <h1>{t('office.title')}</h1>
        <span role="status" class="good">
          {said}
        </span>
      </div>
      <p class="soft">{t('office.lead')}</p>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!shown && !trouble && <Busy />}
      {shown && (
        <OfficeForm
          key={shown.version}
          state={shown}
          saved={({ moved, office }) => {
            // With the words that say so: what is written from then on is about the new book.
            setShown(office);
            setSaid(
              moved > 0 ? t('office.save.savedTold', { count: moved }) : t('office.save.saved'),
            );
          }}
        />
      )}
      <Summaries />
    </section>
  );
}

function OfficeForm({ state, saved }: { state: State; saved: (saved: Saved) => void }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [draft, setDraft] = useState(() => draftOf(state.book));
  const [trying, setTrying] = useState<{ book: Book; preview: Preview } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const dirty = JSON.stringify(bookOf(draft)) !== JSON.stringify(state.book);
  const part = {
    draft,
    change: (changed: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...changed })),
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const book = bookOf(draft);
    if (book === null) {
      form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
      return;
    }
    void run(async () => {
      setTrying({ book, preview: await post('/office/preview', { book }, PreviewSchema) });
    });
  };
  return (
    <form class="office" ref={form} onSubmit={submit}>
      {state.complaint !== null && (
        <p class="notice">{t('office.complaint', { why: state.complaint })}</p>
      )}
      <WeekPart {...part} />
      <HolidaysPart {...part} state={state} />
      <SwapsPart {...part} />
      <PromisesPart {...part} />
      <RepliesPart {...part} />
      <TermsPart {...part} />
      <div class="card save-bar">
        <Alert text={trouble} />
        <div class="row">
          <span class="soft grow">{dirty && t('office.save.dirty')}</span>
          <button
            type="button"
            disabled={!dirty || busy}
            onClick={() => setDraft(draftOf(state.book))}
          >
            {t('office.save.reset')}
          </button>
          <button type="submit" class="primary" disabled={busy || !dirty}>
            {busy ? t('common.sending') : t('office.save.do')}
          </button>
        </div>
      </div>
      {trying && (
        <SaveDialog
          {...trying}
          version={state.version}
          close={() => setTrying(null)}
          saved={(done) => {
            setTrying(null);
            saved(done);
          }}
        />
      )}
    </form>
  );
}
