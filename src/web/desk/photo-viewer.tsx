import { useEffect, useRef, useState } from 'preact/hooks';
import { photoPath } from './api.ts';
import { Dialog } from './parts.tsx';
import { PhotoStage } from './photo-stage.tsx';
import { SerialText } from './serial.tsx';
import { useTexts } from './texts.ts';
import { useView } from './use-view.ts';

interface PhotoViewerProps {
  conversationId: string;
  /** Ids of the photos that can be looked through, and where to begin. */
  photos: string[];
  first: number;
  /** To compare by eye. */
  claimed?: string;
  close: () => void;
}

/** Keys of the whole page while the component is shown: a modal dialog has it to itself. */
function useKeys(keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const act = latest.current[event.key];
      if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

/** Original photos: + and - zoom, R turns, arrows move, 0 fits, Page Up and Down leaf through. */
export function PhotoViewer({ conversationId, photos, first, claimed, close }: PhotoViewerProps) {
  const { t } = useTexts();
  const [at, setAt] = useState(first);
  const looking = useView();
  const { view, zoomIn, zoomOut, rotate, move, reset } = looking;
  const leaf = (by: number) => {
    if (photos[at + by] === undefined) return;
    setAt(at + by);
    reset();
  };
  useKeys({
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    r: rotate,
    R: rotate,
    '0': reset,
    ArrowLeft: () => move(60, 0),
    ArrowRight: () => move(-60, 0),
    ArrowUp: () => move(0, 60),
    ArrowDown: () => move(0, -60),
    PageUp: () => leaf(-1),
    PageDown: () => leaf(1),
  });
  const number = t('photo.number', { n: at + 1, count: photos.length });
  const state = t('photo.state', { percent: Math.round(view.zoom * 100), turn: view.turn });
  return (
    <Dialog title={t('photo.title')} close={close} class="viewer">
      <div class="viewer-inside">
        <div class="viewer-tools">
          <button type="button" onClick={zoomOut} aria-label={t('photo.zoomOut')}>
            −
          </button>
          <button type="button" onClick={zoomIn} aria-label={t('photo.zoomIn')}>
            +
          </button>
          <button type="button" onClick={rotate}>
            <span aria-hidden="true">↻</span> {t('photo.rotate')}
          </button>
          <button type="button" onClick={reset}>
            {t('photo.reset')}
          </button>
          {photos.length > 1 && (
            <>
              <button
                type="button"
                onClick={() => leaf(-1)}
                disabled={at === 0}
                aria-label={t('photo.previous')}
              >
                ‹
              </button>
              <button
                type="button"
                onClick={() => leaf(1)}
                disabled={at === photos.length - 1}
                aria-label={t('photo.next')}
              >
                ›
              </button>
            </>
          )}
          <button type="button" class="viewer-close" onClick={close}>
            {t('common.close')}
          </button>
        </div>
        <PhotoStage
          key={photos[at]}
          src={`${photoPath(conversationId, photos[at] ?? '')}/original`}
          alt={number}
          looking={looking}
        />
        <div class="viewer-note">
          {claimed !== undefined && (
            <p class="viewer-claimed">
              {t('case.claimed')}: <SerialText serial={claimed} />
            </p>
          )}
          <p role="status">
            {photos.length > 1 && `${number} · `}
            {state}
          </p>
          <p class="viewer-keys">{t('photo.keys')}</p>
          <p>{t('photo.recorded')}</p>
        </div>
      </div>
    </Dialog>
  );
}
