import type { FastifyPluginAsync } from 'fastify';

/** GET /zalo_verifier<code>.html: by it Zalo sees that the domain is ours. */
export function verificationRoute(code: string): FastifyPluginAsync {
  return async (app) => {
    app.get(`/zalo_verifier${code}.html`, async (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .send(
          '<!doctype html><html><head><meta charset="utf-8">' +
            `<meta name="zalo-platform-site-verification" content="${code}">` +
            '<title>Zalo</title></head><body></body></html>',
        ),
    );
  };
}
