import { useRef, useState } from 'preact/hooks';
import { NotesSchema } from '../../desk/wire/conversations.ts';
import type { Me } from '../../desk/wire/people.ts';
import { act } from './api.ts';
import { newId } from './composer.tsx';
import { Alert, TroubleBox } from './parts.tsx';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useAct, useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

/** What agents tell each other about a conversation. */
export function Notes({ conversationId, me }: { conversationId: string; me: Me }) {
  const { t, language } = useTexts();
  const textOf = useTroubleText();
  const path = `/conversations/${encodeURIComponent(conversationId)}/notes`;
  const { data, trouble, reload } = useData(
    path,
    NotesSchema,
    (changed) => changed === conversationId,
  );
  return (
    <section class="card" aria-labelledby="notes">
      <h2 id="notes">{t('inbox.notes.title')}</h2>
      <p class="soft small">{t('inbox.notes.lead')}</p>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {data?.notes.length === 0 && <p class="soft small">{t('inbox.notes.none')}</p>}
      <ul class="notes">
        {data?.notes.map((note) => (
          <li key={note.noteId}>
            <span class="soft small">
              {note.agentName} · {timeText(language, note.at)}
            </span>
            <p class="note-text">{note.text}</p>
          </li>
        ))}
      </ul>
      {me.agent.role !== 'viewer' && <NewNote path={path} saved={reload} />}
    </section>
  );
}

function NewNote({ path, saved }: { path: string; saved: () => void }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [text, setText] = useState('');
  const id = useRef<string | null>(null);
  const save = () =>
    run(async () => {
      id.current ??= newId();
      await act(path, { id: id.current, text });
      id.current = null;
      setText('');
      saved();
    });
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        rows={2}
        maxLength={2000}
        aria-label={t('inbox.notes.write')}
        placeholder={t('inbox.notes.write')}
        value={text}
        onInput={({ currentTarget: { value } }) => {
          id.current = null;
          setText(value);
        }}
      />
      <Alert text={trouble} />
      <button type="submit" disabled={busy || text.trim() === ''}>
        {t('inbox.notes.save')}
      </button>
    </form>
  );
}
