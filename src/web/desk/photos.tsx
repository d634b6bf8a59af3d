import { useState } from 'preact/hooks';
import type { CasePhotoView, CaseView } from '../../desk/wire.ts';
import { photoPath } from './api.ts';
import { PhotoViewer } from './photo-viewer.tsx';
import { SerialComparison } from './serial.tsx';
import { type T, useTexts, wordOf } from './texts.ts';

const TONES: Record<CasePhotoView['verdict'], string> = {
  shown: 'chip-ok',
  another: 'chip-danger',
  doubtful: 'chip-warn',
  unreadable: 'chip-warn',
  notRead: 'chip-quiet',
};

/** Each photo with its verdict, and what was claimed beside what was read. */
export function Photos({ view }: { view: CaseView }) {
  const { t } = useTexts();
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <section class="card" aria-labelledby="photos">
      <h2 id="photos">{t('case.photos')}</h2>
      {view.photos.length === 0 && <p class="soft">{t('case.noPhotos')}</p>}
      <ol class="photos">
        {view.photos.map((photo, index) => (
          <li key={photo.blobId} class="photo">
            <Thumb
              conversationId={view.conversationId}
              blobId={photo.blobId}
              n={index + 1}
              open={() => setOpened(index)}
            />
            <div class="photo-says">
              <span class={`chip chip-long ${TONES[photo.verdict]}`}>{verdictText(t, photo)}</span>
              <SerialComparison claimed={view.serial} photo={photo} />
            </div>
          </li>
        ))}
      </ol>
      {opened !== null && (
        <PhotoViewer
          conversationId={view.conversationId}
          photos={view.photos.map(({ blobId }) => blobId)}
          first={opened}
          claimed={view.serial}
          close={() => setOpened(null)}
        />
      )}
    </section>
  );
}

function verdictText(t: T, photo: CasePhotoView): string {
  if (photo.verdict !== 'unreadable') return t(`verdict.${photo.verdict}`);
  return t('verdict.unreadable', { why: wordOf(t, photo.why ?? 'noCode') });
}

/** A small picture that opens the original. */
export function Thumb(props: {
  conversationId: string;
  blobId: string;
  n: number;
  open: () => void;
}) {
  const { t } = useTexts();
  const [broken, setBroken] = useState(false);
  return (
    <button
      type="button"
      class="thumb"
      aria-label={t('photo.open', { n: props.n })}
      onClick={props.open}
    >
      {broken ? (
        <span class="thumb-broken">{props.n}</span>
      ) : (
        <img
          src={photoPath(props.conversationId, props.blobId)}
          alt={t('photo.thumb', { n: props.n })}
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      )}
    </button>
  );
}
