import { useEffect, useRef, useState } from 'preact/hooks';
import { photoPath } from './api.ts';
import type { Frame } from './frames.tsx';
import { Dialog } from './parts.tsx';
import { PhotoStage } from './photo-stage.tsx';
import { SerialText } from './serial.tsx';
import { useTexts } from './texts.ts';
import { useMaskedPhoto } from './use-masked-photo.ts';
import { useView } from './use-view.ts';

interface PhotoViewerProps {
  conversationId: string;
  /** The photos that can be looked through, each with what is framed in it, and where to begin. */
  photos: { blobId: string; frames: Frame[] }[];
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

/**
 * Photos in full, their secrets covered until the original is asked for. + and - zoom, R turns,
 * arrows move, 0 fits, F shows and hides the frames, Page Up and Down leaf through.
 */
export function PhotoViewer({ conversationId, photos, first, claimed, close }: PhotoViewerProps) {
  const { t } = useTexts();
  const [at, setAt] = useState(first);
  const [original, setOriginal] = useState(false);
  const [framed, setFramed] = useState(true);
  const looking = useView();
  const { view, zoomIn, zoomOut, rotate, move, reset } = looking;
  const { blobId = '', frames = [] } = photos[at] ?? {};
  const path = photoPath(conversationId, blobId);
  const { photo, again } = useMaskedPhoto(`${path}/masked`);
  const leaf = (by: number) => {
    if (photos[at + by] === undefined) return;
    setAt(at + by);
    setOriginal(false);
    reset();
  };
  useKeys({
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    r: rotate,
    R: rotate,
    f: () => setFramed(!framed),
    F: () => setFramed(!framed),
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
  const src = original ? `/api/desk${path}/original` : photo.state === 'ready' ? photo.url : null;
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
          {frames.length > 0 && src !== null && (
            <button type="button" aria-pressed={framed} onClick={() => setFramed(!framed)}>
              {t('photo.frames')}
            </button>
          )}
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
          <button type="button" aria-pressed={original} onClick={() => setOriginal(!original)}>
            {t('photo.original')}
          </button>
          <button type="button" class="viewer-close" onClick={close}>
            {t('common.close')}
          </button>
        </div>
        {src === null ? (
          <Missing failed={photo.state === 'failed'} again={again} />
        ) : (
          <PhotoStage
            key={src}
            src={src}
            alt={number}
            frames={framed ? frames : []}
            looking={looking}
          />
        )}
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
          <p>{t(original ? 'photo.isOriginal' : 'photo.isMasked')}</p>
        </div>
      </div>
    </Dialog>
  );
}

/** In place of a picture that is not masked yet, or cannot be. */
function Missing({ failed, again }: { failed: boolean; again: () => void }) {
  const { t } = useTexts();
  return (
    <div class="viewer-stage viewer-missing" role={failed ? 'alert' : 'status'}>
      <p>{t(failed ? 'photo.maskFailed' : 'photo.masking')}</p>
      {failed && (
        <button type="button" onClick={again}>
          {t('common.again')}
        </button>
      )}
    </div>
  );
}
