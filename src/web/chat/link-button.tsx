import { useContext } from 'preact/hooks';
import { PhoneIcon } from './icons.tsx';
import { LinksContext, useChannelNames, useOffered } from './links.ts';
import { useTexts } from './texts.ts';

/** Under a case: where else the result is told, or the offer to arrange it. */
export function LinkButton() {
  const { t } = useTexts();
  const { linked, arrange } = useContext(LinksContext);
  const offered = useOffered();
  const names = useChannelNames(linked.length > 0 ? linked : offered);
  if (linked.length > 0) {
    return (
      <p class="push">
        <PhoneIcon />
        <span>{t('link.on', { channel: names })}</span>
      </p>
    );
  }
  if (offered.length === 0) return null;
  return (
    <div class="push">
      <button type="button" class="choice" aria-haspopup="dialog" onClick={arrange}>
        <PhoneIcon />
        {t('link.ask', { channel: names })}
      </button>
    </div>
  );
}

/** The same in the page's header, where it is at hand at any time. */
export function LinkIcon() {
  const { t } = useTexts();
  const { arrange } = useContext(LinksContext);
  const offered = useOffered();
  const label = t('link.ask', { channel: useChannelNames(offered) });
  if (offered.length === 0) return null;
  return (
    <button
      type="button"
      class="link-icon"
      aria-haspopup="dialog"
      aria-label={label}
      title={label}
      onClick={arrange}
    >
      <PhoneIcon />
    </button>
  );
}
