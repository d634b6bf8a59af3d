import type { AgentWords } from '../../../dialogue/effect.ts';
import type { AgentFile, Language } from '../../../dialogue/event.ts';
import { agentFileText } from '../../file-link/text.ts';
import type { OaApi } from './api.ts';
import { fileMessage } from './message.ts';
import type { OaOptions } from './options.ts';

/** What Zalo takes as a file ("Upload file"); everything else goes by a link. */
const MOST_BYTES = 5 * 1024 * 1024;
const KINDS = [
  'application/pdf',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
];

type Options = Pick<OaOptions, 'store' | 'fileLinks'>;

/** Whether Zalo shows a file of this kind and size itself. */
function isShown({ mime, size }: { mime: string; size: number }): boolean {
  return KINDS.includes(mime) && size <= MOST_BYTES;
}

export function carriesFile(
  { fileLinks }: Pick<OaOptions, 'fileLinks'>,
  file: { mime: string; size: number },
): boolean {
  return isShown(file) || fileLinks.possible;
}

/** The messages that bring an agent's file: what they say, and the file or a link to it. */
export async function fileSteps(
  userId: string,
  words: AgentWords,
  file: AgentFile,
  { store, fileLinks }: Options,
  { api, language }: { api: Pick<OaApi, 'send' | 'uploadFile'>; language: Language },
): Promise<(() => Promise<void>)[]> {
  const blob = await store.getBlob(file.blobId);
  const shown = blob !== null && isShown({ mime: blob.mime, size: blob.bytes.length });
  const link = blob === null || shown ? null : fileLinks.make(file);
  const text = agentFileText(words, file, link, language);
  const say = () => api.send(userId, { text });
  if (!shown) return [say];
  const send = async () => {
    const token = await api.uploadFile(blob.bytes, file.name, blob.mime);
    await api.send(userId, fileMessage(token));
  };
  return [say, send];
}
