import { useState } from 'preact/hooks';
import type { CaseView } from '../../desk/wire/cases.ts';
import type { CasePhotoView } from '../../desk/wire/photos.ts';
import { framesOf } from './frames.tsx';
import { PhotoQualityFacts } from './photo-quality.tsx';
import { PhotoViewer } from './photo-viewer.tsx';
import { SerialComparison } from './serial.tsx';
import { type T, useTexts, wordOf } from './texts.ts';
import { Thumb } from './thumb.tsx';

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
              frames={framesOf(photo)}
              open={() => setOpened(index)}
            />
            <div class="photo-says">
              <span class={`chip chip-long ${TONES[photo.verdict]}`}>{verdictText(t, photo)}</span>
              <SerialComparison claimed={view.serial} photo={photo} />
              {photo.quality && <PhotoQualityFacts quality={photo.quality} />}
            </div>
          </li>
        ))}
      </ol>
      {opened !== null && (
        <PhotoViewer
          conversationId={view.conversationId}
          photos={view.photos.map((photo) => ({ blobId: photo.blobId, frames: framesOf(photo) }))}
          first={opened}
          claimed={view.serial}
          close={() => setOpened(null)}
        />
      )}
    </section>
  );
}

function verdictText(t: T, photo: CasePhotoView): string {
  const { verdict, why, by, confidence } = photo;
  if (photo.deviceList && verdict !== 'shown') return t('verdict.deviceList');
  switch (verdict) {
    case 'unreadable':
      return t('verdict.unreadable', { why: wordOf(t, why ?? 'noCode') });
    case 'doubtful':
      return t('verdict.doubtful', { why: wordOf(t, why ?? 'unsure') });
    case 'shown':
    case 'another': {
      const text = t(`verdict.${verdict}`);
      if (by === null) return text;
      return `${text} (${t(`by.${by}`, { percent: Math.round((confidence ?? 1) * 100) })})`;
    }
    case 'notRead':
      return t('verdict.notRead');
  }
}
