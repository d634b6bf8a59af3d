import { useEffect, useRef, useState } from 'preact/hooks';
import { photoPath } from './api.ts';
import { type Frame, Frames } from './frames.tsx';
import { useTexts } from './texts.ts';
import { useMaskedPhoto } from './use-masked-photo.ts';

/** Whether the element is, or was, near the part of the page that is seen. */
function useSeen(element: { current: HTMLElement | null }): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || !element.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: '200px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [seen, element]);
  return seen;
}

/** A small picture with its secrets covered, that opens a larger one. */
export function Thumb(props: {
  conversationId: string;
  blobId: string;
  n: number;
  frames?: Frame[];
  open: () => void;
}) {
  const { t } = useTexts();
  const button = useRef<HTMLButtonElement>(null);
  const seen = useSeen(button);
  const path = photoPath(props.conversationId, props.blobId);
  const { photo } = useMaskedPhoto(seen ? path : null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const word =
    photo.state === 'ready'
      ? null
      : t(photo.state === 'making' ? 'photo.masking' : 'photo.unmasked');
  const open = t('photo.open', { n: props.n });
  return (
    <button
      ref={button}
      type="button"
      class="thumb"
      aria-label={word === null ? open : `${open}: ${word}`}
      onClick={props.open}
    >
      {photo.state === 'ready' ? (
        <span class="thumb-picture">
          <img
            src={photo.url}
            alt={t('photo.thumb', { n: props.n })}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              setSize({ width, height })
            }
          />
          {size && props.frames && <Frames frames={props.frames} size={size} />}
        </span>
      ) : (
        <span class={`thumb-word thumb-${photo.state}`}>{word}</span>
      )}
    </button>
  );
}
