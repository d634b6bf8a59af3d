import type { CasePhotoView, Place } from '../../desk/wire/photos.ts';

/** A place where a serial was read, and whether it is the claimed one. */
export interface Frame {
  place: Place;
  same: boolean;
}

/** Room between a serial and its frame, as a share of the picture's longer side. */
const ROOM = 0.008;

/** Where serials were read in a photo, the claimed one on top. */
export function framesOf(photo: CasePhotoView): Frame[] {
  const frames = photo.seen.flatMap(({ place, differs }) =>
    place ? [{ place, same: differs.length === 0 }] : [],
  );
  return frames.sort((a, b) => Number(a.same) - Number(b.same));
}

/**
 * Frames over a picture that is shown whole in the same box (object-fit: contain).
 * @param size of the picture; only its proportions matter
 * @param zoom by which the box is enlarged, so that lines stay thin
 */
export function Frames(props: {
  frames: Frame[];
  size: { width: number; height: number };
  zoom?: number;
}) {
  const { width, height } = props.size;
  const room = ROOM * Math.max(width, height);
  const line = 1 / (props.zoom ?? 1);
  return (
    <svg class="frames" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {props.frames.map(({ place, same }) => {
        const at = {
          x: place.x * width - room,
          y: place.y * height - room,
          width: place.width * width + 2 * room,
          height: place.height * height + 2 * room,
          rx: room,
        };
        return (
          <g key={`${place.x} ${place.y} ${place.width}`}>
            <rect {...at} class="frame-edge" stroke-width={5 * line} />
            <rect
              {...at}
              class={same ? 'frame-same' : 'frame-other'}
              stroke-width={2.5 * line}
              {...(same ? {} : { 'stroke-dasharray': `${7 * line} ${4 * line}` })}
            />
          </g>
        );
      })}
    </svg>
  );
}
