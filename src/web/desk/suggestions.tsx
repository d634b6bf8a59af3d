import type { SuggestionView } from '../../desk/wire/conversations.ts';
import { SerialText } from './serial.tsx';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';

/** What the bot would have taken while an agent answered. */
export function Suggestions(props: { suggestions: SuggestionView[]; headingLevel: 2 | 3 }) {
  const { suggestions } = props;
  const Heading = props.headingLevel === 2 ? 'h2' : 'h3';
  const { t, language } = useTexts();
  if (suggestions.length === 0) return null;
  return (
    <section class="suggestions" aria-labelledby="suggestions">
      <Heading id="suggestions">{t('suggestions.title')}</Heading>
      <ul>
        {suggestions.map(({ at, what, detail }) => (
          <li key={`${at}${what}${detail}`}>
            <span class="soft small">{timeText(language, at)}</span>{' '}
            {t(`suggestions.${what}`, { detail: detail ?? '' })}
            {detail !== null && what !== 'unreadable' && (
              <>
                {': '}
                <SerialText serial={detail} />
              </>
            )}
          </li>
        ))}
      </ul>
      <p class="soft small">{t('suggestions.lead')}</p>
    </section>
  );
}
