/** An upload that moves no byte for this long has lost its network. */
const STALLED = 30_000;
/** All bytes are there, and the server looks at the photos. */
const ANSWER = 90_000;

export interface Uploading {
  /** Ends the upload: the person does not want it any more. */
  signal: AbortSignal;
  /** The part of the bytes that are sent, 0 to 1. */
  progress: (part: number) => void;
}

/**
 * POSTs a form. Unlike fetch, it tells how far it is.
 * @returns null when no answer came
 */
export function upload(
  path: string,
  form: FormData,
  language: string,
  { signal, progress }: Uploading,
): Promise<Response | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const abort = () => request.abort();
    const wait = (milliseconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(abort, milliseconds);
    };
    const end = (response: Response | null) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      window.removeEventListener('offline', abort);
      resolve(response);
    };
    request.upload.onprogress = ({ loaded, total }) => {
      wait(STALLED);
      if (total > 0) progress(loaded / total);
    };
    request.upload.onload = () => wait(ANSWER);
    request.onload = () => end(answerOf(request));
    request.onerror = () => end(null);
    request.onabort = () => end(null);
    signal.addEventListener('abort', abort);
    // The browser knows that the network is gone: do not wait for the bytes to stall.
    window.addEventListener('offline', abort);
    request.open('POST', path);
    request.setRequestHeader('accept-language', language);
    wait(STALLED);
    request.send(form);
    if (signal.aborted) abort();
  });
}

function answerOf({ status, responseText }: XMLHttpRequest): Response | null {
  // A status that no Response takes comes from something between the server and the page.
  if (status < 200 || status > 599) return null;
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : responseText, { status });
}
