import { useEffect, useRef, useState } from 'preact/hooks';
import { CameraIcon } from './icons.tsx';
import { useTexts } from './texts.ts';

/**
 * Takes photos from the camera or from the device. On phones the two are asked for apart, since
 * some browsers' own picker leaves out the camera; naming JPEG makes iPhones convert HEIC.
 */
const ACCEPTED = 'image/jpeg,image/png,image/webp';

export function PhotoButton({ take }: { take: (files: File[]) => void }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const gallery = useRef<HTMLInputElement>(null);
  const touch = matchMedia('(pointer: coarse)').matches;

  useEffect(() => {
    if (!open) return;
    const away = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('keydown', close);
    };
  }, [open]);

  const picked = (event: { currentTarget: HTMLInputElement }) => {
    const files = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = '';
    setOpen(false);
    if (files.length > 0) take(files);
  };
  return (
    <div class="photo-button" ref={box}>
      <button
        type="button"
        class="tool"
        aria-label={t('write.photo')}
        title={t('write.photo')}
        {...(touch ? { 'aria-expanded': open } : {})}
        onClick={() => (touch ? setOpen(!open) : gallery.current?.click())}
      >
        <CameraIcon />
      </button>
      {open && (
        <div class="menu">
          <button type="button" onClick={() => camera.current?.click()}>
            {t('write.camera')}
          </button>
          <button type="button" onClick={() => gallery.current?.click()}>
            {t('write.gallery')}
          </button>
        </div>
      )}
      <input
        ref={camera}
        type="file"
        accept={ACCEPTED}
        capture="environment"
        hidden
        onChange={picked}
      />
      <input ref={gallery} type="file" accept={ACCEPTED} multiple hidden onChange={picked} />
    </div>
  );
}
