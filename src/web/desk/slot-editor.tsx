import { useState } from 'preact/hooks';
import type { SlotView } from '../../desk/wire/conversations.ts';
import { useTexts } from './texts.ts';

/** What one change of a slot is sent with. */
export type ChangeSlot = (
  slot: SlotView,
  what: 'fill' | 'empty' | 'lock' | 'unlock',
  value?: string,
) => void;

interface EditorProps {
  slot: SlotView;
  /** For people. */
  name: string;
  change: ChangeSlot;
  busy: boolean;
}

/** Fills, empties and locks one slot. */
export function SlotEditor(props: EditorProps) {
  const { t } = useTexts();
  const { slot, name, change, busy } = props;
  const filled = slot.state === 'filled';
  return (
    <div class="slot-acts">
      {!slot.locked && <Fill {...props} />}
      {filled && !slot.locked && (
        <button
          type="button"
          disabled={busy}
          aria-label={t('inbox.slots.emptyOf', { name })}
          onClick={() => change(slot, 'empty')}
        >
          {t('inbox.slots.empty_do')}
        </button>
      )}
      {filled && (
        <button
          type="button"
          disabled={busy}
          aria-label={t(slot.locked ? 'inbox.slots.unlockOf' : 'inbox.slots.lockOf', { name })}
          onClick={() => change(slot, slot.locked ? 'unlock' : 'lock')}
        >
          {t(slot.locked ? 'inbox.slots.unlock' : 'inbox.slots.lock')}
        </button>
      )}
    </div>
  );
}

function Fill({ slot, name, change, busy }: EditorProps) {
  const { t } = useTexts();
  const [text, setText] = useState(slot.fill === 'serial' ? onlySerial(slot.value) : '');
  switch (slot.fill) {
    case 'network':
      return (
        <fieldset class="switch">
          <legend class="visually-hidden">{t('inbox.slots.edit', { name })}</legend>
          {(['lan', 'other'] as const).map((value) => (
            <button
              key={value}
              type="button"
              disabled={busy}
              aria-pressed={slot.value === value}
              onClick={() => change(slot, 'fill', value)}
            >
              {t(`inbox.slots.value.${value}`)}
            </button>
          ))}
        </fieldset>
      );
    case 'press':
      return (
        <button type="button" disabled={busy} onClick={() => change(slot, 'fill')}>
          {t(
            slot.slot === 'proof'
              ? 'inbox.slots.accept'
              : slot.slot === 'sadpString'
                ? 'inbox.slots.take'
                : 'inbox.slots.ready',
          )}
        </button>
      );
    case 'serial':
    case 'text':
      return (
        <form
          class="slot-text"
          onSubmit={(event) => {
            event.preventDefault();
            change(slot, 'fill', text);
          }}
        >
          <input
            aria-label={t('inbox.slots.edit', { name })}
            maxLength={slot.fill === 'serial' ? 60 : 2000}
            autocomplete="off"
            spellcheck={false}
            value={text}
            onInput={({ currentTarget: { value } }) => setText(value)}
          />
          <button type="submit" disabled={busy || text.trim() === ''}>
            {t('inbox.slots.save')}
          </button>
        </form>
      );
    default:
      return null;
  }
}

/** A serial that is held, or the only one that is asked about. */
function onlySerial(value: string | null): string {
  return value !== null && /^\w+\??$/.test(value) ? value.replace('?', '') : '';
}
