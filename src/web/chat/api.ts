import { SessionAnswerSchema, TroubleAnswerSchema } from '../../channels/web/wire.ts';
import type { Outgoing } from './conversation.ts';
import type { Language } from './texts.ts';

/** How a request ended. `offline`: no answer came; the same may be sent again. */
export type Answer =
  | { as: 'done' }
  | { as: 'offline' }
  | { as: 'noSession' }
  | { as: 'refused'; sentence: string | null };

/** Opens or resumes the chat; the cookie comes with the answer. */
export async function openSession(
  language: Language,
): Promise<{ language: Language } | { as: 'offline' } | { as: 'refused' }> {
  const response = await post('/api/chat/session', language, JSON.stringify({ language }));
  if (response === null) return { as: 'offline' };
  const answer = SessionAnswerSchema.safeParse(await bodyOf(response));
  if (answer.success) return answer.data;
  return { as: response.status >= 500 ? 'offline' : 'refused' };
}

/** Sends one message under its id. */
export async function send(id: string, what: Outgoing, language: Language): Promise<Answer> {
  const response = await request(id, what, language);
  if (response === null) return { as: 'offline' };
  if (response.ok) return { as: 'done' };
  if (response.status === 401) return { as: 'noSession' };
  const trouble = TroubleAnswerSchema.safeParse(await bodyOf(response));
  return { as: 'refused', sentence: trouble.success ? trouble.data.error.message : null };
}

function request(id: string, what: Outgoing, language: Language): Promise<Response | null> {
  if (what.type === 'text') {
    const body = { id, type: 'text', text: what.text };
    return post('/api/chat/events', language, JSON.stringify(body));
  }
  if (what.type === 'choice') {
    const body = { id, type: 'choice', token: what.token };
    return post('/api/chat/events', language, JSON.stringify(body));
  }
  const form = new FormData();
  form.append('id', id);
  if (what.type === 'file') {
    form.append('file', what.file);
    return post('/api/chat/files', language, form);
  }
  if (what.caption !== '') form.append('caption', what.caption);
  for (const file of what.files) form.append('photos', file);
  return post('/api/chat/photos', language, form);
}

async function post(
  path: string,
  language: Language,
  body: string | FormData,
): Promise<Response | null> {
  const headers: Record<string, string> = { 'accept-language': language };
  if (typeof body === 'string') headers['content-type'] = 'application/json';
  try {
    return await fetch(path, { method: 'POST', headers, body, credentials: 'same-origin' });
  } catch {
    return null;
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
