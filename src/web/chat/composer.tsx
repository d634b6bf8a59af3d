import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { tellTyping } from './api.ts';
import { keepDraft, readDraft } from './draft.ts';
import { FileIcon, SendIcon } from './icons.tsx';
import { PhotoButton } from './photo-button.tsx';
import type { Sender } from './sender.ts';
import { Staged } from './staged.tsx';
import { useTexts } from './texts.ts';
import { sortFiles } from './use-drop.ts';

/** Agents hear of strokes at most this often. */
const TYPING_EVERY = 3_000;

interface Props {
  sender: Sender;
  staged: File[];
  setStaged: (files: File[]) => void;
  /** Pasted files: pictures are staged, others sent. */
  take: (files: File[]) => void;
}

/** Where the person writes. */
export function Composer({ sender, staged, setStaged, take }: Props) {
  const { t, language } = useTexts();
  const toldAt = useRef(0);
  const [text, setText] = useState(readDraft);
  const field = useRef<HTMLTextAreaElement>(null);
  const fileInput = useRef<HTMLInputElement>(null);
  const full = text.trim() !== '' || staged.length > 0;

  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [text]);

  /** Kept at each letter: the page may be gone before it is drawn again. */
  const write = (now: string) => {
    setText(now);
    keepDraft(now);
  };
  const type = (now: string) => {
    write(now);
    if (now.trim() === '' || Date.now() - toldAt.current < TYPING_EVERY) return;
    toldAt.current = Date.now();
    tellTyping(language);
  };
  const submit = () => {
    if (!full) return;
    if (staged.length > 0) sender.add({ type: 'photos', files: staged, caption: text.trim() });
    else sender.add({ type: 'text', text });
    write('');
    setStaged([]);
    // The next stroke is of another message, and told at once.
    toldAt.current = 0;
  };
  const sendPhotos = (files: File[]) => {
    const { pictures, others } = sortFiles(files);
    if (pictures.length > 0) sender.add({ type: 'photos', files: pictures, caption: '' });
    for (const file of others) sender.add({ type: 'file', file });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a Vietnamese keyboard composes a word, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    submit();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Office programs put a picture of the text beside the text: then the text is meant.
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    take(files);
  };

  return (
    <form
      class="composer"
      aria-label={t('write.label')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Staged files={staged} setFiles={setStaged} />
      <div class="tools">
        <PhotoButton take={sendPhotos} />
        <button
          type="button"
          class="tool"
          aria-label={t('write.file')}
          title={t('write.file')}
          onClick={() => fileInput.current?.click()}
        >
          <FileIcon />
        </button>
        <input
          ref={fileInput}
          type="file"
          hidden
          onChange={(event) => {
            const input = event.currentTarget;
            for (const file of input.files ?? []) sender.add({ type: 'file', file });
            input.value = '';
          }}
        />
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={t('write.label')}
          placeholder={t(staged.length > 0 ? 'write.caption' : 'write.placeholder')}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <button
          type="submit"
          class="tool send"
          aria-label={t('write.send')}
          title={t('write.send')}
          aria-disabled={!full}
        >
          <SendIcon />
        </button>
      </div>
    </form>
  );
}
