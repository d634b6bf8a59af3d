import { CannedSchema } from '../../desk/wire.ts';
import { useTexts } from './texts.ts';
import { useData } from './use-data.ts';

/** The office book's replies, in the installer's language. Choosing one writes it, to be changed. */
export function CannedReplies(props: { language: 'vi' | 'en'; insert: (words: string) => void }) {
  const { t } = useTexts();
  const { data } = useData('/canned', CannedSchema, () => false);
  if (!data || data.replies.length === 0) return null;
  return (
    <select
      class="canned"
      aria-label={t('inbox.canned.label')}
      value=""
      onChange={({ currentTarget }) => {
        const reply = data.replies[Number(currentTarget.value)];
        currentTarget.value = '';
        if (reply) props.insert(reply.text[props.language]);
      }}
    >
      <option value="">{t('inbox.canned.choose')}</option>
      {data.replies.map(({ title }, place) => (
        <option key={title} value={place}>
          {title}
        </option>
      ))}
    </select>
  );
}
