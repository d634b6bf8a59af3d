import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

/** A part that is opened when its turn comes, so that one picture at a time is in memory. */
export interface LateFile {
  part: string;
  /** Null when it is gone. */
  open(): Promise<{ bytes: Uint8Array; mime: string } | null>;
}

export interface Multipart {
  contentType: string;
  body: ReadableStream<Uint8Array>;
}

/**
 * `multipart/form-data` (RFC 7578) as a stream: `FormData` would hold all pictures at once. Names and
 * types come from this program, so that nothing in them needs escaping.
 */
export function multipart(json: { part: string; value: unknown }, files: LateFile[]): Multipart {
  const boundary = `case-${randomUUID()}`;
  const head = (part: string, file: string, mime: string) =>
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${part}"${file}\r\n` +
        `content-type: ${mime}\r\n\r\n`,
    );
  async function* parts(): AsyncGenerator<Uint8Array> {
    yield head(json.part, '', 'application/json');
    yield Buffer.from(`${JSON.stringify(json.value)}\r\n`);
    for (const { part, open } of files) {
      const opened = await open();
      if (opened === null) continue;
      yield head(part, `; filename="${part}"`, opened.mime);
      yield opened.bytes;
      yield Buffer.from('\r\n');
    }
    yield Buffer.from(`--${boundary}--\r\n`);
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Readable.toWeb(Readable.from(parts())) as ReadableStream<Uint8Array>,
  };
}
