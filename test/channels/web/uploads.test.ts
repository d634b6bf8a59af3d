import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { House, multipart, type Part, type Setting } from './house.ts';

const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a464946', 'hex'),
  Buffer.from('Exif 21.03N'),
]);
const MEGABYTE = 1024 * 1024;

const photo = (value: Uint8Array = JPEG, type = 'image/jpeg'): Part => ({
  name: 'photos',
  filename: 'IMG_1.jpg',
  type,
  value,
});
const file = (value: string | Uint8Array, filename = 'DeviceKey.xml', type = 'text/xml'): Part => ({
  name: 'file',
  filename,
  type,
  value,
});

async function send(to: 'photos' | 'files', parts: Part[], setting: Setting = {}) {
  const house = await House.build(setting);
  const visitor = await house.visit();
  const { payload, headers } = multipart(parts);
  const url = `/api/chat/${to}`;
  const answer = await house.app.inject({
    method: 'POST',
    url,
    headers: { ...headers, cookie: visitor.cookie },
    payload,
  });
  return { house, answer, ...visitor, events: house.events.slice(1) };
}

describe('sending photos', () => {
  it('keeps all of them tidied and makes one event', async () => {
    const id = randomUUID();
    const parts = [photo(), photo(), { name: 'caption', value: ' gỡ giúp em con này ' }];
    const { answer, house, events, chatId } = await send('photos', [
      { name: 'id', value: id },
      ...parts,
    ]);
    expect(answer.statusCode).toBe(202);
    expect(events).toEqual([
      expect.objectContaining({
        eventId: `${chatId}:${id}`,
        type: 'photos',
        blobIds: [...house.blobs.keys()],
        caption: 'gỡ giúp em con này',
      }),
    ]);
    const kept = [...house.blobs.values()].map(({ bytes }) => Buffer.from(bytes).toString());
    expect(kept).toEqual(['tidied', 'tidied']);
  });

  it.each([
    ['no file', [], 'emptyAlbum'],
    ['eleven photos', Array.from({ length: 11 }, () => photo()), 'tooManyPhotos'],
    ['a photo above 15 MB', [photo(new Uint8Array(15 * MEGABYTE + 1))], 'photoTooLarge'],
    ['a video', [photo(JPEG, 'video/mp4')], 'video'],
  ] as const)('tells the conversation about %s', async (_name, parts, what) => {
    const { answer, house, events } = await send('photos', [...parts]);
    expect(answer.statusCode).toBe(202);
    expect(events).toEqual([expect.objectContaining({ type: 'unsupported', what })]);
    expect(house.blobs.size).toBe(0);
  });

  it.each([
    ['tooManyPixels', 'photoTooLarge'],
    ['notAPicture', 'notAPicture'],
    ['damaged', 'damaged'],
    ['unsupportedFormat', 'unsupportedFormat'],
  ] as const)('tells the conversation about a picture refused as %s', async (refused, what) => {
    const { events } = await send('photos', [photo()], { tidy: async () => ({ refused }) });
    expect(events).toEqual([expect.objectContaining({ type: 'unsupported', what })]);
  });

  it('takes the good ones of an album and tells about the others', async () => {
    const tidy = async (bytes: Uint8Array) =>
      bytes.length > 100
        ? ({ refused: 'notAPicture' } as const)
        : { bytes, mime: 'image/jpeg' as const };
    const { events } = await send('photos', [photo(), photo(new Uint8Array(200))], { tidy });
    expect(events.map((event) => event.type)).toEqual(['photos', 'unsupported']);
    expect(new Set(events.map((event) => event.eventId)).size).toBe(2);
  });

  it('keeps no original while the reader is down, and asks to send it again', async () => {
    const tidy = async () => ({ failed: true }) as const;
    const { answer, house, events } = await send('photos', [photo()], { tidy });
    expect(answer.statusCode).toBe(503);
    expect(answer.json().error).toMatchObject({ code: 'readerDown' });
    expect(answer.json().error.message).toMatch(/gửi lại/);
    expect([house.blobs.size, events.length]).toEqual([0, 0]);
  });

  it('keeps nothing of an upload that was cut off', async () => {
    const house = await House.build();
    const { cookie } = await house.visit();
    const { payload, headers } = multipart([photo(), photo()]);
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/chat/photos',
      headers: { ...headers, cookie },
      payload: payload.subarray(0, payload.length - 40),
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.code).toBe('cutOff');
    expect([house.blobs.size, house.events.length]).toEqual([0, 1]);
  });

  it('does not log the cookie while it reads an upload', async () => {
    const { house, cookie } = await send('photos', [photo()], { logLevel: 'trace' });
    expect(house.logged.join('')).not.toContain(cookie.slice('chat='.length));
  });
});

describe('looking at a photo', () => {
  it('shows people their own and nobody else’s', async () => {
    const { house, cookie } = await send('photos', [photo()]);
    const [blobId] = [...house.blobs.keys()];
    const url = `/api/chat/photos/${blobId}`;
    const own = await house.app.inject({ url, headers: { cookie } });
    expect(own.statusCode).toBe(200);
    expect(own.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('private'),
    });
    expect(own.payload).toBe('tidied');
    const other = await house.visit();
    const foreign = await house.app.inject({ url, headers: { cookie: other.cookie } });
    const unknown = await house.app.inject({
      url: '/api/chat/photos/none',
      headers: { cookie: other.cookie },
    });
    expect(foreign.statusCode).toBe(404);
    expect(foreign.json()).toEqual(unknown.json());
    expect((await house.app.inject({ url })).statusCode).toBe(401);
  });
});

describe('sending a file', () => {
  const text = 'AwAAAMxPI0lRPznz2rl0vzQ8Gm3k';
  it.each([
    ['UTF-8', Buffer.from(`${text}\r\n`)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('reads its text in %s', async (_name, bytes) => {
    const name = 'D12345678-202611231507.xml';
    const { answer, events } = await send('files', [file(bytes, name)]);
    expect(answer.statusCode).toBe(202);
    const content = { kind: 'text', text };
    expect(events).toEqual([expect.objectContaining({ type: 'file', name, content })]);
  });

  it.each([
    ['an empty file', '', 'empty'],
    ['only spaces', ' \r\n ', 'empty'],
    ['a zip called .xml', Buffer.from('504b030414000000', 'hex'), 'archive'],
    ['a program', Buffer.from('4d5a90000300000004000000', 'hex'), 'notText'],
    ['bytes that are no text', Buffer.from('ff00fe12c0c1', 'hex'), 'notText'],
    ['a file above 256 kB', 'x'.repeat(256 * 1024 + 1), 'tooLarge'],
    ['a file above 15 MB', new Uint8Array(15 * MEGABYTE + 1), 'tooLarge'],
    ['a text longer than a turn looks at', 'x'.repeat(20_000), 'tooLarge'],
  ])('says of %s what it is', async (_name, bytes, kind) => {
    const { events } = await send('files', [file(bytes)]);
    expect(events).toEqual([expect.objectContaining({ type: 'file', content: { kind } })]);
  });

  it('treats a picture as a photo', async () => {
    const { house, events } = await send('files', [file(JPEG, 'qr.jpg', 'image/jpeg')]);
    const blobIds = [...house.blobs.keys()];
    expect(events).toEqual([expect.objectContaining({ type: 'photos', blobIds })]);
  });

  it.each([
    ['audio/ogg', 'voice'],
    ['video/mp4', 'video'],
  ])('tells the conversation about %s', async (type, what) => {
    const { events } = await send('files', [file('OggS', 'a', type)]);
    expect(events).toEqual([expect.objectContaining({ type: 'unsupported', what })]);
  });

  it('takes a name without its folders', async () => {
    const { events } = await send('files', [file('a', 'C:/Users/An/Desktop/key\t.xml')]);
    expect(events).toEqual([expect.objectContaining({ name: 'key.xml' })]);
  });

  it.each([
    ['nothing', [], 'noFile'],
    ['two files', [file('a'), file('b')], 'oneFile'],
    ['an id that is no uuid', [{ name: 'id', value: 'x' }, file('a')], 'notUnderstood'],
  ])('answers %s with a sentence', async (_name, parts, code) => {
    const { answer, events } = await send('files', parts);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toEqual({ code, message: expect.stringMatching(/vui lòng/) });
    expect(events).toEqual([]);
  });

  it('answers what is no upload at all with a sentence', async () => {
    const house = await House.build();
    const { cookie } = await house.visit();
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/chat/files',
      headers: { cookie },
      payload: { file: 'a' },
    });
    expect(answer.statusCode).toBe(415);
    expect(answer.json().error.message).toMatch(/vui lòng/);
  });
});
