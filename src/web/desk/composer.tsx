import { useRef, useState } from 'preact/hooks';
import { act, postFile, postPicture } from './api.ts';
import { Canned } from './canned.tsx';
import { Alert } from './parts.tsx';
import { useShortcut } from './shortcuts.ts';
import { type Language, useTexts } from './texts.ts';
import { useAct } from './use-act.ts';

/** A colleague's page hears of strokes at most this often. */
const HINT_EVERY = 3000;

/** What was begun to be written, by conversation: it outlives a look elsewhere and a new sign-in. */
const drafts = new Map<string, string>();

/** Writes to the installer, once the conversation is the agent's. */
export function Composer(props: {
  path: string;
  mine: boolean;
  /** What the placeholders of canned replies stand for. */
  fills: Record<string, string>;
  /** The installer's. */
  language: Language;
}) {
  const { path, mine, language, fills } = props;
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [text, setText] = useState(() => drafts.get(path) ?? '');
  const write = (words: string) => {
    drafts.set(path, words);
    setText(words);
  };
  // Kept until it is through: sent again after a break, it is still said once.
  const id = useRef<string | null>(null);
  const said = useRef(0);
  const hint = () => {
    if (Date.now() - said.current < HINT_EVERY) return;
    said.current = Date.now();
    // A hint that does not come through is none.
    act(`${path}/writing`).catch(() => undefined);
  };
  const send = () => {
    if (text.trim() === '') return;
    id.current ??= newId();
    void run(async () => {
      await act(`${path}/say`, { id: id.current, text });
      id.current = null;
      write('');
    });
  };
  const field = useRef<HTMLTextAreaElement>(null);
  useShortcut('write', mine ? () => field.current?.focus() : null);
  if (!mine) return <p class="soft small composer-note">{t('conversations.takeFirst')}</p>;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Alert text={trouble} />
      <textarea
        ref={field}
        rows={2}
        maxLength={4000}
        aria-label={t('conversations.writeLabel')}
        aria-describedby="composer-hint"
        placeholder={t('conversations.writeLabel')}
        value={text}
        onInput={(event) => {
          id.current = null;
          write(event.currentTarget.value);
          hint();
        }}
        onKeyDown={(event) => {
          // Enter also ends a syllable in Vietnamese input methods.
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <div class="row">
        <Canned
          language={language}
          insert={(words) => {
            id.current = null;
            const said = filled(words, fills);
            write(text === '' ? said : `${text}\n${said}`);
          }}
        />
        <FilePick
          label={t('inbox.photo.send')}
          accept="image/jpeg,image/png,image/webp"
          disabled={busy}
          picked={(picture) => void run(() => postPicture(`${path}/photo?id=${newId()}`, picture))}
        />
        <FilePick
          label={t('inbox.file.send')}
          accept=".pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.xml"
          disabled={busy}
          picked={(file) => void run(() => postFile(`${path}/file?id=${newId()}`, file))}
        />
        <span id="composer-hint" class="soft small grow">
          {t('conversations.writeHint')}
        </span>
        <button type="submit" class="primary" disabled={busy || text.trim() === ''}>
          {busy ? t('common.sending') : t('conversations.send')}
        </button>
      </div>
    </form>
  );
}

function FilePick(props: {
  label: string;
  accept: string;
  disabled: boolean;
  picked: (file: File) => void;
}) {
  return (
    <label class="photo-pick">
      {props.label}
      <input
        type="file"
        class="visually-hidden"
        accept={props.accept}
        disabled={props.disabled}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) props.picked(file);
        }}
      />
    </label>
  );
}

/** A canned reply with what this page knows in the places of its placeholders; others stay to be filled. */
function filled(words: string, fills: Record<string, string>): string {
  return words.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => fills[name] || whole);
}

/** A UUID. `crypto.randomUUID` is missing where the page is served without https. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
