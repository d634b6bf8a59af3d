import type { FastifyReply } from 'fastify';

/**
 * Sends a file to be saved, never to be shown: what it holds must not run in this server's name.
 * @param name what it is saved as; null where the page says it
 */
export function sendFile(
  reply: FastifyReply,
  { bytes, mime }: { bytes: Uint8Array; mime: string },
  name: string | null,
): FastifyReply {
  // RFC 6266; signs that encodeURIComponent leaves and RFC 5987 does not take are encoded, too.
  const encoded = encodeURIComponent(name ?? '').replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return reply
    .type(mime)
    .header(
      'content-disposition',
      name === null ? 'attachment' : `attachment; filename*=UTF-8''${encoded}`,
    )
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
