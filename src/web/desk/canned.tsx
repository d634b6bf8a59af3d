import { useRef } from 'preact/hooks';
import { CannedRepliesSchema } from '../../desk/wire/office.ts';
import { useShortcut } from './shortcuts.ts';
import { type Language, useTexts } from './texts.ts';
import { useData } from './use-data.ts';

/** Words that are sent often, in the installer's language. */
export function Canned(props: { language: Language; insert: (words: string) => void }) {
  const { t } = useTexts();
  const { data } = useData('/canned-replies', CannedRepliesSchema, () => false);
  const replies = data?.replies ?? [];
  const choice = useRef<HTMLSelectElement>(null);
  useShortcut('canned', replies.length === 0 ? null : () => open(choice.current));
  if (replies.length === 0) return null;
  return (
    <select
      ref={choice}
      class="canned-choice"
      aria-label={t('office.replies.insert')}
      value=""
      onChange={(event) => {
        const reply = replies[Number(event.currentTarget.value)];
        event.currentTarget.value = '';
        if (reply) props.insert(reply.text[props.language]);
      }}
    >
      <option value="">{t('office.replies.insert')}</option>
      {replies.map((reply, index) => (
        <option key={reply.title} value={index}>
          {reply.title}
        </option>
      ))}
    </select>
  );
}

/** With its list where the browser opens one; the arrows choose otherwise. */
function open(choice: HTMLSelectElement | null): void {
  choice?.focus();
  try {
    choice?.showPicker();
  } catch {
    // Refused without a recent press, or not known.
  }
}
