import { expect, it } from 'vitest';
import { mimeOfFile } from '../../src/desk/file-kinds.ts';
import { codeOf, type DeskApp, deskApp, type SignedIn, signIn } from './desk-app.ts';
import { conversationRow } from './rows.ts';

const PDF = Buffer.from('%PDF-1.7 cách mở nắp đầu ghi');
const id = () => crypto.randomUUID();

async function begin(channel: 'web' | 'zalo-bot' = 'web') {
  const desk = await deskApp();
  const agent = await signIn(desk);
  const agentId = 'id-An';
  const owner = { who: 'agent' as const, agentId, agentName: 'An', epoch: 1 };
  desk.store.conversations.push(conversationRow({ channel, owner }));
  return { desk, agent };
}

function send(
  { app }: DeskApp,
  { cookie, csrf }: SignedIn,
  name: string,
  payload: Buffer,
  sentAs = id(),
) {
  return app.inject({
    method: 'POST',
    url: `/api/desk/conversations/c1/file?id=${sentAs}`,
    headers: {
      host: 'desk.test',
      origin: 'http://desk.test',
      cookie: `desk=${cookie}`,
      'x-csrf-token': csrf,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
    },
    payload,
  });
}

it('a file goes to the installer under its name, once, and its name is in no log', async () => {
  const { desk, agent } = await begin();
  const sentAs = id();
  for (let n = 0; n < 2; n++) {
    const answer = await send(desk, agent, 'C:\\tài liệu\\hướng dẫn.pdf', PDF, sentAs);
    expect(answer.statusCode).toBe(200);
  }
  const [said, ...again] = desk.events.filter((event) => event.type === 'agentActed');
  const file = { blobId: expect.any(String), name: 'hướng dẫn.pdf', size: PDF.length };
  expect(said).toMatchObject({ act: 'say', file });
  expect(new Set(again.map(({ eventId }) => eventId))).toEqual(new Set([said?.eventId]));
  expect(desk.store.trail.filter(({ action }) => action === 'conversation.say')).toHaveLength(1);
  expect(desk.logged()).not.toContain('hướng dẫn');
  expect(desk.logged()).not.toContain(encodeURIComponent('hướng dẫn'));
});

it('a file is saved by agents, and a photo’s original is not had by that way', async () => {
  const { desk, agent } = await begin();
  const blob = (mime: string) => ({ bytes: PDF, mime, conversationId: 'c1' });
  desk.store.blobs.set('f1', blob('application/pdf')).set('p1', blob('image/jpeg'));
  desk.store.blobs.set('f2', { ...blob('application/pdf'), conversationId: 'another' });
  const answer = await agent.get('/conversations/c1/files/f1');
  expect(answer.rawPayload).toEqual(PDF);
  expect(answer.headers).toMatchObject({
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  for (const other of ['p1', 'f2', 'none']) {
    expect(codeOf(await agent.get(`/conversations/c1/files/${other}`)), other).toBe('noFile');
  }
});

it('what cannot be sent is refused in words, and nothing is kept of it', async () => {
  const { desk, agent } = await begin();
  const code = async (name: string, bytes: Buffer) => codeOf(await send(desk, agent, name, bytes));
  expect(await code('chay.exe', Buffer.from('MZ'))).toBe('fileKind');
  expect(await code('trang.html', Buffer.from('<script>'))).toBe('fileKind');
  expect(await code('gia.pdf', Buffer.from('MZ'))).toBe('fileKind');
  expect(await code('khong-ten', PDF)).toBe('fileKind');
  expect(await code('rong.txt', Buffer.alloc(0))).toBe('fileKind');
  expect(await code('lon.txt', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'))).toBe('tooLarge');
  expect(desk.store.blobs.size).toBe(0);
  const [row] = desk.store.conversations;
  if (row) row.owner = { who: 'queued', agentId: null, agentName: null, epoch: 2 };
  expect(await code('a.pdf', PDF)).toBe('takeOverFirst');
});

it('a channel that carries no such file is said so', async () => {
  const { desk, agent } = await begin('zalo-bot');
  const answer = await send(desk, agent, 'a.pdf', PDF);
  expect(codeOf(answer)).toBe('filesNotThere');
  expect(answer.json().error.message).toContain('địa chỉ công khai');
  expect(desk.store.blobs.size).toBe(0);
});

it('kinds are told by name and first bytes, which must agree', () => {
  const zip = Buffer.from('504b030414000600', 'hex');
  const ole = Buffer.from('d0cf11e0a1b11ae100', 'hex');
  expect(mimeOfFile('a.PDF', PDF)).toBe('application/pdf');
  expect(mimeOfFile('a.docx', zip)).toContain('wordprocessingml');
  expect(mimeOfFile('a.xlsx', zip)).toContain('spreadsheetml');
  expect(mimeOfFile('a.doc', ole)).toBe('application/msword');
  expect(mimeOfFile('a.csv', Buffer.from('số seri;ngày\n'))).toContain('text/csv');
  expect(mimeOfFile('a.txt', Buffer.from('xin chào'))).toContain('text/plain');
  expect(mimeOfFile('a.xml', Buffer.from('<a/>'))).toContain('text/plain');
  for (const [name, bytes] of [
    ['a.zip', zip],
    ['a.docx', PDF],
    ['a.txt', zip],
    ['a.txt', Buffer.from([0xff, 0x00])],
    ['a.svg', Buffer.from('<svg/>')],
    ['a.jpg', Buffer.from('ffd8ffe0', 'hex')],
    ['a.txt', Buffer.from('ffd8ffe0', 'hex')],
  ] as const) {
    expect(mimeOfFile(name, bytes), name).toBeNull();
  }
});
