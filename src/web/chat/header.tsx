import { type Language, useTexts } from './texts.ts';

const LANGUAGES: readonly Language[] = ['vi', 'en'];

export function Header({ speak }: { speak: (language: Language) => void }) {
  const { t, language } = useTexts();
  return (
    <header class="top">
      <div class="titles">
        <h1>{t('name')}</h1>
        <p>{t('about')}</p>
      </div>
      <fieldset class="languages">
        <legend class="visually-hidden">{t('language.label')}</legend>
        {LANGUAGES.map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-pressed={one === language}
            aria-label={`${one.toUpperCase()}: ${t(`language.${one}`)}`}
            title={t(`language.${one}`)}
            onClick={() => speak(one)}
          >
            {one.toUpperCase()}
          </button>
        ))}
      </fieldset>
    </header>
  );
}
