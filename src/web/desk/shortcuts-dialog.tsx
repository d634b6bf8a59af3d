import { useState } from 'preact/hooks';
import { Dialog } from './parts.tsx';
import { areShortcutsOn, KEYS, type Shortcut, switchShortcuts } from './shortcuts.ts';
import { useTexts } from './texts.ts';

/** Which key does what, and the switch that turns all of them off. */
export function ShortcutsDialog({ close }: { close: () => void }) {
  const { t } = useTexts();
  const [on, setOn] = useState(areShortcutsOn);
  return (
    <Dialog title={t('shortcuts.title')} close={close}>
      <p class="soft">{t('shortcuts.lead')}</p>
      <dl class="shortcuts">
        {(Object.keys(KEYS) as Shortcut[]).map((name) => (
          <div key={name}>
            <dt>
              <kbd>{KEYS[name]}</kbd>
            </dt>
            <dd>{t(`shortcuts.does.${name}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>{t('shortcuts.leave')}</dd>
        </div>
      </dl>
      <label class="tick">
        <input
          type="checkbox"
          checked={on}
          onChange={({ currentTarget: { checked } }) => {
            switchShortcuts(checked);
            setOn(checked);
          }}
        />
        {t('shortcuts.on')}
      </label>
      <div class="dialog-buttons">
        <button type="button" onClick={close}>
          {t('common.back')}
        </button>
      </div>
    </Dialog>
  );
}
