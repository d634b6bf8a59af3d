import { ENDED, OpenAnswerSchema } from '../../channels/upload-link/wire.ts';
import { TroubleAnswerSchema } from '../../channels/web/wire.ts';
import { downscale } from '../chat/downscale.ts';
import { upload } from '../chat/upload.ts';
import type { Language } from './texts.ts';

const PATIENCE = 20_000;

/** How a request ended. `ended`: the link cannot be used any more. `offline`: no answer came. */
export type Answer<T> =
  | { as: 'done'; value: T }
  | { as: 'offline' }
  | { as: 'ended' | 'refused'; sentence: string };

/** Whether the link can be used, and the language of its conversation. */
export async function openLink(token: string): Promise<Answer<Language>> {
  const response = await fetch(addressOf(token), { signal: AbortSignal.timeout(PATIENCE) }).catch(
    () => null,
  );
  if (response === null) return { as: 'offline' };
  const body = await bodyOf(response);
  const open = OpenAnswerSchema.safeParse(body);
  return open.success ? { as: 'done', value: open.data.language } : troubleIn(body);
}

/** Sends the files; photos no larger than need be. */
export async function sendFiles(
  token: string,
  files: readonly File[],
  language: Language,
  progress: (part: number) => void,
): Promise<Answer<null>> {
  const form = new FormData();
  for (const file of files) {
    form.append('files', file.type.startsWith('image/') ? await downscale(file) : file);
  }
  const uploading = { signal: new AbortController().signal, progress };
  const response = await upload(addressOf(token), form, language, uploading);
  if (response === null) return { as: 'offline' };
  return response.ok ? { as: 'done', value: null } : troubleIn(await bodyOf(response));
}

function addressOf(token: string): string {
  return `/api/upload/${encodeURIComponent(token)}`;
}

function troubleIn(body: unknown): Answer<never> {
  const trouble = TroubleAnswerSchema.safeParse(body);
  if (!trouble.success) return { as: 'offline' };
  const { code, message } = trouble.data.error;
  return { as: ENDED.includes(code) ? 'ended' : 'refused', sentence: message };
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
