import { useEffect, useState } from 'preact/hooks';
import { type Answer, openLink, sendFiles } from './api.ts';
import { Picker } from './picker.tsx';
import { type Language, textsIn } from './texts.ts';

type Stage = 'loading' | 'open' | 'sending' | 'done' | 'ended';

/** The whole page: files into one conversation, once. */
export function App({ token }: { token: string }) {
  const [language, setLanguage] = useState<Language>('vi');
  const [stage, setStage] = useState<Stage>('loading');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [sent, setSent] = useState(0);
  const [sentence, setSentence] = useState('');
  const t = textsIn(language);
  const other = language === 'vi' ? 'en' : 'vi';

  /** Shows how a request ended; true when it did what it should. */
  function show<T>(answer: Answer<T>): answer is { as: 'done'; value: T } {
    if (answer.as === 'done') return true;
    setSentence(answer.as === 'offline' ? t('offline') : answer.sentence);
    setStage(answer.as === 'ended' ? 'ended' : 'open');
    return false;
  }

  useEffect(() => {
    void openLink(token).then((answer) => {
      if (!show(answer)) return;
      setLanguage(answer.value);
      setStage('open');
    });
  }, [token]);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = t('title');
  }, [language]);

  async function send(): Promise<void> {
    setStage('sending');
    setSentence('');
    setSent(0);
    if (show(await sendFiles(token, files, language, setSent))) setStage('done');
  }

  return (
    <>
      <header>
        <h1>{t('title')}</h1>
        <button type="button" class="language" lang={other} onClick={() => setLanguage(other)}>
          {t('language')}
        </button>
      </header>
      {stage === 'loading' && <p role="status">{t('loading')}</p>}
      {stage === 'ended' && (
        <section class="end" role="alert">
          <h2>{t('ended')}</h2>
          <p>{sentence}</p>
        </section>
      )}
      {stage === 'done' && (
        <section class="end done" role="status">
          <h2>{t('done.title')}</h2>
          <p>{t('done.text')}</p>
        </section>
      )}
      {(stage === 'open' || stage === 'sending') && (
        <>
          <p>{t('about')}</p>
          <Picker
            files={files}
            busy={stage === 'sending'}
            language={language}
            change={(chosen) => {
              setFiles(chosen);
              setSentence('');
            }}
          />
          {sentence !== '' && (
            <p class="trouble" role="alert">
              {sentence}
            </p>
          )}
          {stage === 'sending' ? (
            <p class="progress" role="status">
              <progress max={1} value={sent} aria-label={t('checking')} />
              {sent < 1 ? t('sending', { percent: Math.floor(sent * 100) }) : t('checking')}
            </p>
          ) : (
            <button
              type="button"
              class="send"
              disabled={files.length === 0}
              onClick={() => void send()}
            >
              {t('send')}
            </button>
          )}
        </>
      )}
    </>
  );
}
