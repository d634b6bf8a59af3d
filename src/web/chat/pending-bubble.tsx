import { useEffect, useState } from 'preact/hooks';
import type { Pending } from './conversation.ts';
import type { Sender } from './sender.ts';
import { useTexts } from './texts.ts';

/** A message that is on its way, or that did not arrive. */
export function PendingBubble({ pending, sender }: { pending: Pending; sender: Sender }) {
  const { t } = useTexts();
  const { what, state } = pending;
  const stuck = state === 'waiting' || state === 'failed';
  return (
    <article class={`row installer pending ${state}`}>
      <p class="visually-hidden">{t('author.installer')}</p>
      <div class="bubble">
        {what.type === 'photos' && <Previews files={what.files} />}
        <p class="text">{textOf(pending, t)}</p>
      </div>
      {stuck ? (
        <div class="trouble">
          <p>{pending.sentence ?? t(`pending.${state}`)}</p>
          <button type="button" onClick={() => sender.again(pending)}>
            {t('pending.again')}
          </button>
          <button type="button" onClick={() => sender.drop(pending.id)}>
            {t('pending.drop')}
          </button>
        </div>
      ) : (
        <span class="time">{t('pending.sending')}</span>
      )}
    </article>
  );
}

function textOf({ what }: Pending, t: ReturnType<typeof useTexts>['t']): string {
  if (what.type === 'text') return what.text;
  if (what.type === 'choice') return what.label;
  if (what.type === 'file') return `📄 ${what.file.name}`;
  return what.caption === '' ? t('photo.sent', { n: what.files.length }) : what.caption;
}

export function Previews({ files }: { files: File[] }) {
  const urls = usePreviews(files);
  return (
    <div class={urls.length === 1 ? 'photos one' : 'photos'}>
      {urls.map((url) => (
        <img key={url} src={url} alt="" />
      ))}
    </div>
  );
}

/** Addresses under which the page can show files that are not sent yet. */
export function usePreviews(files: File[]): string[] {
  const [urls, setUrls] = useState<string[]>([]);
  useEffect(() => {
    const made = files.map((file) => URL.createObjectURL(file));
    setUrls(made);
    return () => {
      for (const url of made) URL.revokeObjectURL(url);
    };
  }, [files]);
  return urls;
}
