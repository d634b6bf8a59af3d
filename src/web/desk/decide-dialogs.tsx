import { useState } from 'preact/hooks';
import { type CaseView, REOPENABLE } from '../../desk/wire/cases.ts';
import { REASONS } from '../../desk/wire/common.ts';
import { Alert, Dialog, Field } from './parts.tsx';
import { SerialText } from './serial.tsx';
import { useTexts } from './texts.ts';
import { useAct } from './use-act.ts';

export type Step = CaseView['steps'][number];
/** Sends a decision; the case's revision goes with it. */
export type SendDecision = (status: Step, more?: Record<string, unknown>) => Promise<void>;

interface DialogProps {
  view: CaseView;
  send: SendDecision;
  close: () => void;
}

/** "Unbound": the one decision that cannot be taken back. */
export function ApproveDialog({ view, send, close }: DialogProps) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  return (
    <Dialog title={t('decide.approveTitle')} close={close}>
      <p class="big-serial">
        <SerialText serial={view.serial} />
        <span class="soft"> · {view.number}</span>
      </p>
      <p>{t('decide.approveLead')}</p>
      <blockquote>{t('decide.result')}</blockquote>
      <Alert text={trouble} />
      <Buttons
        close={close}
        busy={busy}
        label={t('decide.approve')}
        tone="good-button"
        submit={() => run(() => send('unbound'))}
      />
    </Dialog>
  );
}

/** A refusal: the reason decides what the installer fills in again. */
export function RefuseDialog({ view, send, close }: DialogProps) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [reason, setReason] = useState<(typeof REASONS)[number] | null>(null);
  const [note, setNote] = useState('');
  const [more, setMore] = useState<Asked>(NOTHING);
  const [missing, setMissing] = useState<string | null>(null);
  const submit = () => {
    if (reason === null) setMissing(t('errors.reasonNeeded'));
    else if (reason === 'other' && note.trim() === '') setMissing(t('decide.noteNeeded'));
    else {
      setMissing(null);
      void run(() => send('rejected', { reason, note, ...(reason === 'other' ? more : {}) }));
    }
  };
  return (
    <Dialog title={t('decide.refuseTitle', { number: view.number })} close={close}>
      <fieldset class="reasons">
        <legend>{t('decide.reason')}</legend>
        {REASONS.map((name) => (
          <label key={name} class="reason">
            <input
              type="radio"
              name="reason"
              checked={reason === name}
              onChange={() => setReason(name)}
            />
            <span>
              {t(`reasons.${name}`)}
              <span class="hint">{t(`reopens.${name}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {reason === 'other' && <Asking asked={more} change={setMore} />}
      <NoteField note={note} change={setNote} optional={reason !== 'other'} />
      <Alert text={missing ?? trouble} />
      <Buttons
        close={close}
        busy={busy}
        label={t('decide.refuse')}
        tone="bad-button"
        submit={submit}
      />
    </Dialog>
  );
}

/** More is needed; the case's clock stands meanwhile. */
export function AskDialog({ view, send, close }: DialogProps) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState<Asked>(NOTHING);
  const [missing, setMissing] = useState<string | null>(null);
  const submit = () => {
    if (asked.reopen.length === 0 && asked.question.trim() === '') {
      setMissing(t('decide.askNeeded'));
      return;
    }
    setMissing(null);
    void run(() => send('needsInfo', { note, ...asked }));
  };
  return (
    <Dialog title={t('decide.askTitle', { number: view.number })} close={close}>
      <Asking asked={asked} change={setAsked} />
      <NoteField note={note} change={setNote} optional />
      <Alert text={missing ?? trouble} />
      <Buttons
        close={close}
        busy={busy}
        label={t('decide.askMore')}
        tone="primary"
        submit={submit}
      />
    </Dialog>
  );
}

interface Asked {
  reopen: (typeof REOPENABLE)[number][];
  question: string;
}
const NOTHING: Asked = { reopen: [], question: '' };

function Asking({ asked, change }: { asked: Asked; change: (asked: Asked) => void }) {
  const { t } = useTexts();
  const toggle = (slot: (typeof REOPENABLE)[number], on: boolean) => {
    const others = asked.reopen.filter((other) => other !== slot);
    change({ ...asked, reopen: on ? [...others, slot] : others });
  };
  return (
    <>
      <fieldset class="ticks">
        <legend>{t('decide.reopen')}</legend>
        {REOPENABLE.map((slot) => (
          <label key={slot} class="tick">
            <input
              type="checkbox"
              checked={asked.reopen.includes(slot)}
              onChange={(event) => toggle(slot, event.currentTarget.checked)}
            />
            {t(`slots.${slot}`)}
          </label>
        ))}
      </fieldset>
      <Field label={t('decide.question')} hint={t('decide.questionHint')}>
        {(ids) => (
          <input
            {...ids}
            maxLength={500}
            value={asked.question}
            onInput={(event) => change({ ...asked, question: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

function NoteField(props: { note: string; change: (note: string) => void; optional: boolean }) {
  const { t } = useTexts();
  return (
    <Field label={t('decide.note')} optional={props.optional}>
      {(ids) => (
        <textarea
          {...ids}
          rows={3}
          maxLength={2000}
          value={props.note}
          onInput={(event) => props.change(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function Buttons(props: {
  close: () => void;
  submit: () => void;
  busy: boolean;
  label: string;
  tone: string;
}) {
  const { t } = useTexts();
  return (
    <div class="dialog-buttons">
      <button type="button" onClick={props.close}>
        {t('common.back')}
      </button>
      <button type="button" class={props.tone} disabled={props.busy} onClick={props.submit}>
        {props.busy ? t('common.sending') : props.label}
      </button>
    </div>
  );
}
