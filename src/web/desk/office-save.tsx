import { useState } from 'preact/hooks';
import { type Book, type Preview, type Saved, SavedSchema } from '../../desk/wire/office.ts';
import { post } from './api.ts';
import { Alert, Dialog } from './parts.tsx';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useAct } from './use-act.ts';

const SHOWN = 8;

/** What saving would do to promises; nothing is saved before it is confirmed here. */
export function SaveDialog(props: {
  book: Book;
  version: string;
  preview: Preview;
  close: () => void;
  saved: (saved: Saved) => void;
}) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [tell, setTell] = useState(false);
  const { moved, open } = props.preview;
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const body = { book: props.book, version: props.version, tell: tell && moved.length > 0 };
      props.saved(await post('/office', body, SavedSchema));
    });
  };
  return (
    <Dialog title={t('office.save.title')} close={props.close}>
      <form onSubmit={submit}>
        {moved.length === 0 ? (
          <p>{t('office.save.none', { open })}</p>
        ) : (
          <Moved preview={props.preview} tell={tell} setTell={setTell} />
        )}
        <Alert text={trouble} />
        <div class="dialog-buttons">
          <button type="button" onClick={props.close}>
            {t('common.back')}
          </button>
          <button type="submit" class="primary" disabled={busy}>
            {busy ? t('common.sending') : t('office.save.confirm')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Moved(props: { preview: Preview; tell: boolean; setTell: (tell: boolean) => void }) {
  const { t, language } = useTexts();
  const { moved, open } = props.preview;
  return (
    <>
      <p>{t('office.save.moved', { count: moved.length, open })}</p>
      <ul class="moved">
        {moved.slice(0, SHOWN).map(({ caseId, number, from, to }) => (
          <li key={caseId}>
            {t('office.save.line', {
              number,
              from: timeText(language, from),
              to: timeText(language, to),
            })}
          </li>
        ))}
        {moved.length > SHOWN && <li>{t('office.save.rest', { count: moved.length - SHOWN })}</li>}
      </ul>
      <fieldset class="reasons">
        <legend class="visually-hidden">{t('office.save.title')}</legend>
        {([false, true] as const).map((told) => (
          <label class="reason" key={String(told)}>
            <input
              type="radio"
              checked={props.tell === told}
              onChange={() => props.setTell(told)}
            />
            <span>{t(told ? 'office.save.tell' : 'office.save.keep')}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
