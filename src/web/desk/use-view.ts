import { useState } from 'preact/hooks';

/** How a picture is looked at: enlarged, in quarter turns, moved by so many pixels. */
export interface View {
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

/** The view of one picture and what changes it. */
export function useView() {
  const [view, setView] = useState(FIT);
  const zoom = (factor: number) => setView((now) => zoomed(now, factor));
  return {
    view,
    zoom,
    zoomIn: () => zoom(STEP),
    zoomOut: () => zoom(1 / STEP),
    rotate: () => setView((now) => ({ ...now, turn: (now.turn + 90) % 360, x: 0, y: 0 })),
    move: (x: number, y: number) =>
      setView((now) => (now.zoom === 1 ? now : { ...now, x: now.x + x, y: now.y + y })),
    reset: () => setView(FIT),
  };
}
