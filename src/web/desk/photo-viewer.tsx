import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from './parts.tsx';
import { useTexts } from './texts.ts';

interface View {
  zoom: number;
  turn: number;
  x: number;
  y: number;
}
const FIT: View = { zoom: 1, turn: 0, x: 0, y: 0 };
const MOST_ZOOM = 8;
const STEP = 1.4;

function zoomed(view: View, factor: number): View {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, view.zoom * factor));
  return zoom === 1 ? { ...view, zoom, x: 0, y: 0 } : { ...view, zoom };
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

/** An original photo: wheel, + and - zoom, R turns, dragging and arrows move, 0 fits. */
export function PhotoViewer({ src, close }: { src: string; close: () => void }) {
  const { t } = useTexts();
  const [view, setView] = useState(FIT);
  const [broken, setBroken] = useState(false);
  const drag = useRef<{ x: number; y: number } | null>(null);
  const move = (x: number, y: number) =>
    setView((now) => (now.zoom === 1 ? now : { ...now, x: now.x + x, y: now.y + y }));
  const zoomIn = () => setView((now) => zoomed(now, STEP));
  const zoomOut = () => setView((now) => zoomed(now, 1 / STEP));
  const rotate = () => setView((now) => ({ ...now, turn: now.turn + 90, x: 0, y: 0 }));
  useKeys({
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    r: rotate,
    R: rotate,
    '0': () => setView(FIT),
    ArrowLeft: () => move(60, 0),
    ArrowRight: () => move(-60, 0),
    ArrowUp: () => move(0, 60),
    ArrowDown: () => move(0, -60),
  });
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
            ↻ {t('photo.rotate')}
          </button>
          <button type="button" onClick={() => setView(FIT)}>
            {t('photo.reset')}
          </button>
          <button type="button" class="viewer-close" onClick={close}>
            {t('common.close')}
          </button>
        </div>
        <div
          class="viewer-stage"
          onWheel={(event) => {
            event.preventDefault();
            setView((now) => zoomed(now, event.deltaY < 0 ? 1.15 : 1 / 1.15));
          }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerMove={(event) => {
            if (drag.current === null) return;
            move(event.clientX - drag.current.x, event.clientY - drag.current.y);
            drag.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerUp={() => {
            drag.current = null;
          }}
          onPointerCancel={() => {
            drag.current = null;
          }}
        >
          {broken ? (
            <p role="alert">{t('photo.broken')}</p>
          ) : (
            <img
              src={src}
              alt={t('photo.title')}
              draggable={false}
              onError={() => setBroken(true)}
              style={{
                transform: `translate(${view.x}px, ${view.y}px) rotate(${view.turn}deg) scale(${view.zoom})`,
              }}
            />
          )}
        </div>
        <p class="viewer-note">{t('photo.recorded')}</p>
      </div>
    </Dialog>
  );
}
