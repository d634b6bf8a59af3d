import { CrossIcon } from './icons.tsx';
import { usePreviews } from './pending-bubble.tsx';
import { useTexts } from './texts.ts';

interface Props {
  files: File[];
  setFiles: (files: File[]) => void;
}

/** Pictures pasted or dropped, before they are sent. */
export function Staged({ files, setFiles }: Props) {
  const { t } = useTexts();
  const urls = usePreviews(files);
  if (files.length === 0) return null;
  return (
    <ul class="staged">
      {urls.map((url, index) => (
        <li key={url}>
          <img src={url} alt="" />
          <button
            type="button"
            aria-label={t('write.remove', { name: files[index]?.name ?? '' })}
            onClick={() => setFiles(files.filter((_, other) => other !== index))}
          >
            <CrossIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}
