import { useEffect, useState } from 'preact/hooks';
import { BellIcon } from './icons.tsx';
import { type PushState, pushState, turnOff, turnOn } from './push.ts';
import { useTexts } from './texts.ts';

/** Offers to tell about the result while the page is closed. Nothing is asked before a press. */
export function PushButton() {
  const { t, language } = useTexts();
  const [state, setState] = useState<PushState | 'asking'>('unsupported');
  useEffect(() => {
    void pushState(language).then(setState);
  }, []);
  if (state === 'unsupported') return null;
  if (state === 'on') {
    return (
      <p class="push">
        <BellIcon />
        <span>{t('push.on')}</span>
        <button type="button" onClick={() => void turnOff(language).then(setState)}>
          {t('push.end')}
        </button>
      </p>
    );
  }
  const ask = () => {
    if (state === 'asking') return;
    setState('asking');
    void turnOn(language).then(setState);
  };
  return (
    <div class="push">
      <button type="button" class="choice" aria-disabled={state === 'asking'} onClick={ask}>
        <BellIcon />
        {t(state === 'asking' ? 'push.asking' : 'push.ask')}
      </button>
      {(state === 'denied' || state === 'failed') && <p role="alert">{t(`push.${state}`)}</p>}
    </div>
  );
}
