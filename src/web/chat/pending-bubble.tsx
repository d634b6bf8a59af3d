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
          {state === 'failed' && (
            <button type="button" onClick={() => sender.again(pending)}>
              {t('pending.again')}
            </button>
          )}
          <button type="button" onClick={() => sender.drop(pending.id)}>
            {t('pending.drop')}
          </button>
        </div>
      ) : (
        <UnderWay pending={pending} cancel={() => sender.drop(pending.id)} />
      )}
    </article>
  );
}

/** How far it is. What takes its time can be cancelled. */
function UnderWay({ pending, cancel }: { pending: Pending; cancel: () => void }) {
  const { t } = useTexts();
  const { what, progress, state } = pending;
  const large = what.type === 'photos' || what.type === 'file';
  if (!large || state === 'accepted') return <span class="time">{t('pending.sending')}</span>;
  const percent = Math.floor((progress ?? 0) * 100);
  return (
    <div class="under-way">
      {/* Its words are not read out at each step; who asks for them gets them. */}
      <span class="time" aria-live="off">
        {t(phaseOf(pending), { percent })}
      </span>
      <progress max={100} value={percent} aria-label={t('pending.sending')} />
      <button type="button" onClick={cancel}>
        {t('pending.cancel')}
      </button>
    </div>
  );
}

function phaseOf({ what, progress }: Pending): string {
  if (progress === null) return what.type === 'photos' ? 'pending.preparing' : 'pending.sending';
  if (progress < 1) return 'pending.progress';
  return what.type === 'photos' ? 'pending.received' : 'pending.sending';
}

function textOf({ what }: Pending, t: ReturnType<typeof useTexts>['t']): string {
  if (what.type === 'text') return what.text;
  if (what.type === 'choice') return what.label;
  if (what.type === 'file') return `📄 ${what.file.name}`;
  return what.caption === '' ? t('photo.sent', { n: what.files.length }) : what.caption;
}

function Previews({ files }: { files: File[] }) {
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
