import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { type Language, useTexts } from './texts.ts';

export function Busy() {
  const { t } = useTexts();
  return (
    <p class="quiet" role="status">
      {t('common.loading')}
    </p>
  );
}

export function TroubleBox({ text, again }: { text: string; again?: () => void }) {
  const { t } = useTexts();
  return (
    <div class="trouble" role="alert">
      <p>{text}</p>
      {again && (
        <button type="button" onClick={again}>
          {t('common.again')}
        </button>
      )}
    </div>
  );
}

export function LanguageSwitch({ choose }: { choose: (language: Language) => void }) {
  const { t, language } = useTexts();
  return (
    <fieldset class="switch">
      <legend class="visually-hidden">{t('language.label')}</legend>
      {(['vi', 'en'] as const).map((code) => (
        <button
          type="button"
          key={code}
          lang={code}
          aria-pressed={code === language}
          aria-label={`${code.toUpperCase()} – ${t(`language.${code}`)}`}
          onClick={() => choose(code)}
        >
          {code.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}

/** A labelled control with an optional hint. */
export function Field(props: {
  label: string;
  hint?: string;
  optional?: boolean;
  children: (ids: { id: string; 'aria-describedby'?: string }) => ComponentChildren;
}) {
  const { t } = useTexts();
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div class="field">
      <label for={id}>
        {props.label}
        {props.optional && <span class="soft"> ({t('common.optional')})</span>}
      </label>
      {props.children(props.hint ? { id, 'aria-describedby': hintId } : { id })}
      {props.hint && (
        <p class="hint" id={hintId}>
          {props.hint}
        </p>
      )}
    </div>
  );
}

/** A modal dialog: focus stays inside, Escape closes it, focus returns afterwards. */
export function Dialog(props: {
  title: string;
  close: () => void;
  class?: string;
  children: ComponentChildren;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      // The browser gives the focus back by itself only while the dialog is in the page.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class={props.class ?? 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        props.close();
      }}
    >
      <h2 id={id}>{props.title}</h2>
      {props.children}
    </dialog>
  );
}

/** A place that is there before its text comes, so that it is read out. */
export function Alert({ text }: { text: string | null }) {
  return (
    <div role="alert" class={text === null ? 'visually-hidden' : 'alert'}>
      {text}
    </div>
  );
}
