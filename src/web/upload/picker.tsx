import { useEffect, useMemo, useRef } from 'preact/hooks';
import { type Language, textsIn } from './texts.ts';

interface PickerProps {
  files: readonly File[];
  busy: boolean;
  language: Language;
  change(files: readonly File[]): void;
}

/** The files to be sent: chosen in one go or several, each with a look at it and a way to remove it. */
export function Picker({ files, busy, language, change }: PickerProps) {
  const t = textsIn(language);
  const input = useRef<HTMLInputElement>(null);

  function add(list: FileList | null): void {
    change([...files, ...(list ?? [])]);
    // The same file can be chosen again after it was removed.
    if (input.current) input.current.value = '';
  }

  return (
    <>
      <label class="choose" data-busy={busy}>
        <input
          ref={input}
          class="visually-hidden"
          type="file"
          multiple
          accept="image/*,.xml,.txt,text/xml,text/plain"
          disabled={busy}
          onChange={({ currentTarget }) => add(currentTarget.files)}
        />
        {files.length === 0 ? t('choose') : t('more')}
      </label>
      <p class="what">{t('what')}</p>
      {files.length > 0 && (
        <ul class="files" aria-label={t('chosen')}>
          {files.map((file, index) => (
            <li key={`${index}:${file.name}`}>
              <Look file={file} />
              <span class="name">{file.name}</span>
              <button
                type="button"
                disabled={busy}
                aria-label={t('remove', { name: file.name })}
                onClick={() => change(files.filter((one) => one !== file))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A small view of a photo, or the ending of any other file. */
function Look({ file }: { file: File }) {
  const url = useMemo(
    () => (file.type.startsWith('image/') ? URL.createObjectURL(file) : null),
    [file],
  );
  useEffect(() => () => (url === null ? undefined : URL.revokeObjectURL(url)), [url]);
  return url === null ? (
    <span class="look" aria-hidden="true">
      {file.name.includes('.') ? file.name.split('.').at(-1)?.slice(0, 4) : '…'}
    </span>
  ) : (
    <img class="look" src={url} alt="" />
  );
}
