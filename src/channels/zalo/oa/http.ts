import { z } from 'zod';
import { NoAnswerError } from './errors.ts';

/** The request never left this machine. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const MOST_ANSWER = 256 * 1024;

const JsonSchema = z.record(z.string(), z.unknown());

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'error';
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MOST_ANSWER) throw new TypeError('an endless answer');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Posts to Zalo, or reads where there is no body, and takes its JSON. Zalo refuses within an answer 200, so that other statuses are
 * troubles of a gateway.
 *
 * @param call how the request is named in errors, which hold neither its address nor its content
 * @throws NoAnswerError
 */
export async function ask(
  url: string,
  call: string,
  init: { headers: Record<string, string>; body: string | FormData | URLSearchParams | null },
  patience: number,
): Promise<{ json: Record<string, unknown>; headers: Headers }> {
  let response: Response;
  let text: string;
  try {
    const signal = AbortSignal.timeout(patience);
    response = await fetch(url, {
      method: init.body === null ? 'GET' : 'POST',
      ...init,
      redirect: 'error',
      signal,
    });
    text = await textOf(response);
  } catch (error) {
    const code = codeOf(error);
    const sent = !NOT_SENT.includes(code);
    const why = sent ? `no answer from Zalo to ${call}` : 'Zalo cannot be reached';
    throw new NoAnswerError(`${why} (${code})`, sent);
  }
  if (!response.ok) {
    // A gateway that says "busy" has not passed the request on; one that broke may have.
    const { status } = response;
    const sent = status !== 429 && status !== 503;
    throw new NoAnswerError(`Zalo answered HTTP ${status} to ${call}`, sent, { status });
  }
  try {
    return { json: JsonSchema.parse(JSON.parse(text)), headers: response.headers };
  } catch {
    throw new NoAnswerError(`Zalo's answer to ${call} is no JSON`, true);
  }
}
