import {
  type CaseAnswer,
  CaseAnswerSchema,
  KeptAnswerSchema,
  SessionAnswerSchema,
  TroubleAnswerSchema,
} from '../../channels/web/wire.ts';
import type { Outgoing } from './conversation.ts';
import type { Language } from './texts.ts';
import { type Uploading, upload } from './upload.ts';

/** A request without files that has no answer by then gets none. */
const PATIENCE = 20_000;

/** Codes of a server that keeps nothing now, and will take the same in a while. */
const LATER = new Set(['notKept', 'notReady']);

/**
 * How a request ended. `offline`: no answer came; the same may be sent again. `later`: the server
 * cannot take it now. `refused`: it will not take it.
 */
export type Answer =
  /** `known`: the server had it already, and its line has been shown. */
  | { as: 'done'; known: boolean }
  | { as: 'offline' }
  | { as: 'noSession' }
  | { as: 'later'; seconds: number | null; sentence: string | null }
  | { as: 'refused'; sentence: string | null };

/** Opens or resumes the chat; the cookie comes with the answer. */
export async function openSession(
  language: Language,
): Promise<{ language: Language } | { as: 'offline' } | { as: 'refused' }> {
  const response = await post('/api/chat/session', language, { language });
  if (response === null) return { as: 'offline' };
  const answer = SessionAnswerSchema.safeParse(await bodyOf(response));
  if (answer.success) return answer.data;
  return { as: response.status >= 500 ? 'offline' : 'refused' };
}

/** Sends one message under its id. */
export async function send(
  id: string,
  what: Outgoing,
  language: Language,
  uploading: Uploading,
): Promise<Answer> {
  const response = await request(id, what, language, uploading);
  return response === null ? { as: 'offline' } : answerOf(response);
}

async function answerOf(response: Response): Promise<Answer> {
  if (response.ok) {
    const kept = KeptAnswerSchema.safeParse(await bodyOf(response));
    return { as: 'done', known: kept.success && kept.data.known };
  }
  if (response.status === 401) return { as: 'noSession' };
  const trouble = TroubleAnswerSchema.safeParse(await bodyOf(response));
  const error = trouble.success ? trouble.data.error : null;
  const sentence = error?.message ?? null;
  // 503 with a reason of its own, such as photos that cannot be taken in, is for the person to decide.
  const later = error === null ? response.status >= 500 : LATER.has(error.code);
  if (later || response.status === 429) {
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { as: 'later', seconds: Number.isNaN(wait) ? null : wait, sentence };
  }
  return { as: 'refused', sentence };
}

function request(
  id: string,
  what: Outgoing,
  language: Language,
  uploading: Uploading,
): Promise<Response | null> {
  if (what.type === 'text') {
    return post('/api/chat/events', language, { id, type: 'text', text: what.text });
  }
  if (what.type === 'choice') {
    return post('/api/chat/events', language, { id, type: 'choice', token: what.token });
  }
  const form = new FormData();
  form.append('id', id);
  if (what.type === 'file') {
    form.append('file', what.file);
    return upload('/api/chat/files', form, language, uploading);
  }
  if (what.caption !== '') form.append('caption', what.caption);
  for (const file of what.files) form.append('photos', file);
  return upload('/api/chat/photos', form, language, uploading);
}

/** Says that the person is writing. One that does not come through is none. */
export function tellTyping(language: Language): void {
  void post('/api/chat/typing', language, {});
}

/** Where one's own case stands; null when there is no answer. */
export async function caseOf(caseId: string, language: Language): Promise<CaseAnswer | null> {
  const path = `/api/chat/cases/${encodeURIComponent(caseId)}`;
  const response = await ask(path, language, {});
  const answer = CaseAnswerSchema.safeParse(response?.ok ? await bodyOf(response) : null);
  return answer.success ? answer.data : null;
}

/** POSTs JSON; null when no answer came. */
export function post(path: string, language: Language, body: unknown): Promise<Response | null> {
  const headers = { 'content-type': 'application/json' };
  return ask(path, language, { method: 'POST', body: JSON.stringify(body), headers });
}

export async function ask(
  path: string,
  language: Language,
  init: RequestInit,
): Promise<Response | null> {
  try {
    return await fetch(path, {
      ...init,
      headers: { ...init.headers, 'accept-language': language },
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return null;
  }
}

export async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
