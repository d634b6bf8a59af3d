import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { deskApp, signIn } from './desk-app.ts';

it('streams over a real connection to who is signed in, and lets the server stop', async () => {
  const desk = await deskApp();
  const agent = await signIn(desk);
  await desk.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = desk.app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/api/desk/stream`;
  expect((await fetch(url)).status).toBe(401);
  const response = await fetch(url, { headers: { cookie: `desk=${agent.cookie}` } });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('event: ready');
  for (const listener of desk.listeners) listener('c7');
  expect((await reader?.read())?.value).toContain('{"conversationId":"c7"}');
  await desk.app.close();
  expect((await reader?.read())?.done).toBe(true);
  expect(desk.listeners.size).toBe(0);
});
