import { LinkIcon } from './link-button.tsx';
import { Steps } from './steps.tsx';
import { LANGUAGES, type Language, useTexts } from './texts.ts';

interface Props {
  speak: (language: Language) => void;
  /** The step of the open question. */
  step: { at: number; of: number } | null;
}

export function Header({ speak, step }: Props) {
  const { t, language } = useTexts();
  return (
    <header>
      <div class="top">
        <div class="titles">
          <h1>{t('name')}</h1>
          <p>{t('about')}</p>
        </div>
        <LinkIcon />
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
      </div>
      <Steps step={step} />
    </header>
  );
}
