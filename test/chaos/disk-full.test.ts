import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Assistant } from '../e2e/assistant.ts';
import { plainPicture } from '../pictures/index.ts';
import { STEADY } from './luck.ts';
import { ScriptedInstaller } from './scripted-installer.ts';
import { fillDisk, SMALL_DISK, whyNoSmallDisk } from './small-disk.ts';

const patience = { timeout: 20_000, interval: 100 };

describe.skipIf(whyNoSmallDisk() !== null)('an assistant whose disk is full', () => {
  it('acknowledges nothing, says so and to be patient, and goes on when there is room', async () => {
    const assistant = await Assistant.begin({}, SMALL_DISK);
    onTestFinished(() => assistant.remove());
    const status = async (path: string) => (await fetch(assistant.url + path)).status;
    const minh = new ScriptedInstaller(() => assistant.url, '10.0.0.1', STEADY);
    await minh.open();
    await minh.says('xin chào');
    const shown = async () => (await minh.lines()).map(({ id }) => id);
    const before = await shown();
    expect(await status('/readyz')).toBe(200);

    const makeRoom = fillDisk(assistant);
    const text = (id: string, language: string) =>
      minh.request('/api/chat/events', {
        headers: { 'content-type': 'application/json', 'accept-language': language },
        body: JSON.stringify({ id, type: 'text', text: 'tin lúc đầy' }),
      });
    const id = randomUUID();
    for (const [language, sentence] of [
      ['vi', 'tự gửi lại'],
      ['en', 'goes out again by itself'],
    ] as const) {
      const refused = await text(id, language);
      expect(refused.status).toBe(503);
      expect(await refused.json()).toMatchObject({
        error: { code: 'notKept', message: expect.stringContaining(sentence) },
      });
    }
    const photo = await plainPicture();
    const body = () => {
      const form = new FormData();
      form.set('id', id);
      form.set('photo', new Blob([new Uint8Array(photo)], { type: 'image/png' }), 'photo.png');
      return form;
    };
    const refused = await minh.request('/api/chat/photos', { headers: {}, body: body() });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ error: { code: 'notKept' } });
    expect(await status('/readyz')).toBe(503);
    expect(await status('/healthz')).toBe(200);
    expect(await shown()).toEqual(before);

    makeRoom();
    await vi.waitFor(async () => expect(await status('/readyz')).toBe(200), patience);
    expect((await text(id, 'vi')).status).toBe(202);
    expect((await text(id, 'vi')).status).toBe(202);
    const lines = await minh.lines();
    const mine = lines.filter(({ author }) => author === 'installer');
    expect(mine.map(({ shown }) => shown.text)).toEqual(['xin chào', 'tin lúc đầy']);
    await minh.says('trợ giúp');
    expect(await assistant.stop()).toBe(0);
  }, 60_000);
});
