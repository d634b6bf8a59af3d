import { useEffect, useState } from 'preact/hooks';

/** Pictures go the way of photos, everything else the way of files. */
export function sortFiles(files: File[]): { pictures: File[]; others: File[] } {
  const picture = (file: File) => file.type.startsWith('image/') && file.type !== 'image/svg+xml';
  return {
    pictures: files.filter(picture),
    others: files.filter((file) => !picture(file)),
  };
}

/** Takes files dropped anywhere on the page; true while some are held over it. */
export function useDrop(take: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hover = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      setOver(false);
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    };
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [take]);
  return over;
}
