import { useEffect, useRef, useState } from 'preact/hooks';
import { type Frame, Frames } from './frames.tsx';
import { useTexts } from './texts.ts';
import type { useView } from './use-view.ts';

interface PhotoStageProps {
  src: string;
  alt: string;
  frames: Frame[];
  looking: ReturnType<typeof useView>;
}

interface Size {
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

/** The picture itself: the wheel and two fingers zoom, one finger or the mouse moves it. */
export function PhotoStage({ src, alt, frames, looking }: PhotoStageProps) {
  const { t } = useTexts();
  const [broken, setBroken] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  const fingers = useRef(new Map<number, Point>());
  const { view, zoom, move } = looking;
  const shrink = useTurnedFit(stage, size, view.turn);

  const lift = (event: PointerEvent) => fingers.current.delete(event.pointerId);
  const drag = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, now);
    if (other) zoom(distance(now, other) / Math.max(1, distance(before, other)));
    else move(now.x - before.x, now.y - before.y);
  };
  return (
    <div
      ref={stage}
      class="viewer-stage"
      onWheel={(event) => {
        event.preventDefault();
        zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      }}
      onPointerMove={drag}
      onPointerUp={lift}
      onPointerCancel={lift}
    >
      {broken ? (
        <p role="alert">{t('photo.broken')}</p>
      ) : (
        <div
          class="viewer-picture"
          style={{
            transform: `translate(${view.x}px, ${view.y}px) rotate(${view.turn}deg) scale(${view.zoom * shrink})`,
          }}
        >
          <img
            src={src}
            alt={alt}
            draggable={false}
            onError={() => setBroken(true)}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              setSize({ width, height })
            }
          />
          {size && <Frames frames={frames} size={size} zoom={view.zoom * shrink} />}
        </div>
      )}
    </div>
  );
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** A picture on its side is as wide as it was high: by how much it must change to fit again. */
function useTurnedFit(
  stage: { current: HTMLDivElement | null },
  size: Size | null,
  turn: number,
): number {
  const [shrink, setShrink] = useState(1);
  useEffect(() => {
    const measure = () => {
      const room = stage.current;
      if (turn % 180 === 0 || !room || !size) return setShrink(1);
      const scaleOf = (width: number, height: number) =>
        Math.min(room.clientWidth / width, room.clientHeight / height);
      setShrink(scaleOf(size.height, size.width) / scaleOf(size.width, size.height));
    };
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, [turn, size]);
  return shrink;
}
