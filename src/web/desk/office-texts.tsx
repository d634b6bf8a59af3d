import type { PartProps } from './office-draft.ts';
import { Field } from './parts.tsx';
import { useTexts } from './texts.ts';

function Words(props: {
  label: string;
  lang: 'vi' | 'en';
  rows: number;
  value: string;
  change: (value: string) => void;
}) {
  return (
    <Field label={props.label}>
      {(ids) => (
        <textarea
          {...ids}
          lang={props.lang}
          rows={props.rows}
          required
          maxLength={1800}
          value={props.value}
          onInput={(event) => props.change(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** What agents send often, in both languages. */
export function RepliesPart({ draft, change }: PartProps) {
  const { t } = useTexts();
  const { cannedReplies } = draft;
  const set = (replies: typeof cannedReplies) => change({ cannedReplies: replies });
  return (
    <section class="card">
      <h2>{t('office.sections.cannedReplies')}</h2>
      {cannedReplies.map((reply, index) => {
        const put = (part: Partial<typeof reply>) =>
          set(cannedReplies.map((one) => (one === reply ? { ...reply, ...part } : one)));
        return (
          <fieldset class="canned" key={index}>
            <legend class="visually-hidden">{reply.title || t('office.replies.title')}</legend>
            <Field label={t('office.replies.title')}>
              {(ids) => (
                <input
                  {...ids}
                  required
                  maxLength={80}
                  value={reply.title}
                  onInput={(event) => put({ title: event.currentTarget.value })}
                />
              )}
            </Field>
            <div class="office-grid">
              {(['vi', 'en'] as const).map((lang) => (
                <Words
                  key={lang}
                  label={t(`office.replies.${lang}`)}
                  lang={lang}
                  rows={4}
                  value={reply.text[lang]}
                  change={(value) => put({ text: { ...reply.text, [lang]: value } })}
                />
              ))}
            </div>
            <button
              type="button"
              aria-label={t('office.days.remove', { name: reply.title })}
              onClick={() => set(cannedReplies.filter((one) => one !== reply))}
            >
              {t('office.days.removeShort')}
            </button>
          </fieldset>
        );
      })}
      <button
        type="button"
        onClick={() => set([...cannedReplies, { title: '', text: { vi: '', en: '' } }])}
      >
        {t('office.replies.add')}
      </button>
    </section>
  );
}

/** What installers agree to, under a version. */
export function TermsPart({ draft, change }: PartProps) {
  const { t } = useTexts();
  const { terms, earlierTerms } = draft;
  return (
    <section class="card">
      <h2>{t('office.sections.terms')}</h2>
      <Field label={t('office.terms.version')} hint={t('office.terms.versionHint')}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={40}
            pattern="[\w.\-]+"
            value={terms.version}
            onInput={(event) => change({ terms: { ...terms, version: event.currentTarget.value } })}
          />
        )}
      </Field>
      <div class="office-grid">
        {(['vi', 'en'] as const).map((lang) => (
          <Words
            key={lang}
            label={t(`office.replies.${lang}`)}
            lang={lang}
            rows={10}
            value={terms.text[lang]}
            change={(value) =>
              change({ terms: { ...terms, text: { ...terms.text, [lang]: value } } })
            }
          />
        ))}
      </div>
      {earlierTerms.length > 0 && (
        <p class="hint">{t('office.terms.earlier', { count: earlierTerms.length })}</p>
      )}
    </section>
  );
}
