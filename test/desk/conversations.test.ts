import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { OneConversationSchema, TranscriptSchema } from '../../src/desk/wire/conversations.ts';
import { InboxSchema } from '../../src/desk/wire/inbox.ts';
import { MakingSchema } from '../../src/desk/wire/photos.ts';
import { EventSchema } from '../../src/dialogue/event.ts';
import { newConversation } from '../../src/dialogue/turn.ts';
import { codeOf, deskApp, type SignedIn, signIn } from './desk-app.ts';
import { conversationRow, line, NOW } from './rows.ts';

const ID = '3f1f1ad2-6c52-4d6a-9d7e-0f4f6a3f9a10';

async function deskWithConversation(role: 'admin' | 'agent' | 'viewer' = 'agent') {
  const desk = await deskApp();
  desk.store.conversations.push(conversationRow());
  return { desk, agent: await signIn(desk, role) };
}
const owned = (agentId: string) =>
  conversationRow({ owner: { who: 'agent', agentId, agentName: 'Hoa', epoch: 1 } });

describe('a conversation at the desk', () => {
  it('is listed, and read page by page', async () => {
    const { desk, agent } = await deskWithConversation('viewer');
    for (let id = 1; id <= 201; id++) desk.store.lines.push(line(id));
    const list = InboxSchema.parse((await agent.get('/inbox')).json());
    expect(list.rows[0]?.accountName).toBe('Trần Văn Bình');
    const read = async (after: number) =>
      TranscriptSchema.parse(
        (await agent.get(`/conversations/c1/transcript?after=${after}`)).json(),
      );
    const first = await read(0);
    expect([first.lines.length, first.more]).toEqual([200, true]);
    const second = await read(200);
    expect([second.lines.map((each) => each.id), second.more]).toEqual([[201], false]);
  });

  it('is taken over by an event of its own, audited', async () => {
    const { desk, agent } = await deskWithConversation();
    expect((await agent.post('/conversations/c1/take-over')).statusCode).toBe(200);
    expect(desk.events).toMatchObject([
      {
        type: 'agentActed',
        act: 'takeOver',
        channel: 'web',
        chatId: 'chat-1',
        agentId: 'id-An',
        agentName: 'An',
      },
    ]);
    expect(EventSchema.safeParse(desk.events[0]).success).toBe(true);
    expect(desk.store.trail.at(-1)).toMatchObject({
      action: 'conversation.takeOver',
      subject: 'c1',
    });
  });

  it('is taken from a colleague only on purpose', async () => {
    const { desk, agent } = await deskWithConversation();
    desk.store.conversations[0] = owned('id-Hoa');
    const response = await agent.post('/conversations/c1/take-over');
    expect(response.statusCode).toBe(409);
    expect(response.json().error.message).toBe('Hoa đang trả lời cuộc trò chuyện này.');
    const meant = await agent.post('/conversations/c1/take-over', { from: 'id-Hoa' });
    expect(meant.statusCode).toBe(200);
    expect(desk.events).toMatchObject([{ from: null }, { from: 'id-Hoa' }]);
  });

  it('is written to by its owner only, under the id that the page gave', async () => {
    const { desk, agent } = await deskWithConversation();
    const say = () => agent.post('/conversations/c1/say', { id: ID, text: ' Chào anh ' });
    expect(codeOf(await say())).toBe('takeOverFirst');
    desk.store.conversations[0] = owned('id-An');
    await say();
    await say();
    expect(desk.events).toMatchObject([
      { act: 'say', text: 'Chào anh', eventId: `desk:${ID}` },
      { act: 'say', text: 'Chào anh', eventId: `desk:${ID}` },
    ]);
    expect(codeOf(await agent.post('/conversations/c1/say', { id: ID, text: '  ' }))).toBe(
      'textNeeded',
    );
    expect(JSON.stringify(desk.store.trail)).not.toContain('Chào anh');
    expect(desk.logged()).not.toContain('Chào anh');
  });

  it('is handed back by its owner alone', async () => {
    const { desk, agent } = await deskWithConversation();
    const admin = await signIn(desk, 'admin', 'Binh');
    desk.store.conversations[0] = owned('id-Hoa');
    const handBack = (who: typeof agent) => who.post('/conversations/c1/hand-back');
    expect(codeOf(await handBack(agent))).toBe('othersConversation');
    expect(codeOf(await handBack(admin))).toBe('othersConversation');
    desk.store.conversations[0] = conversationRow({
      owner: { who: 'queued', agentId: null, agentName: null, epoch: 0 },
    });
    expect(codeOf(await handBack(agent))).toBe('takeOverFirst');
    desk.store.conversations[0] = owned('id-An');
    expect((await handBack(agent)).statusCode).toBe(200);
    expect(desk.events).toMatchObject([{ act: 'handBack', agentId: 'id-An' }]);
  });

  it('says so when a colleague took it while something was written', async () => {
    const desk = await deskApp({
      // The turn of somebody who is not the owner any more writes nothing.
      intake: {
        accept: async () => ({
          outcome: 'done',
          owner: { who: 'agent', agentId: 'id-Hoa', agentName: 'Hoa', epoch: 2 },
        }),
      },
    });
    desk.store.conversations.push(owned('id-An'));
    const agent = await signIn(desk);
    const response = await agent.post('/conversations/c1/say', { id: ID, text: 'Chào anh' });
    expect(codeOf(response)).toBe('takenMeanwhile');
    expect(desk.store.trail.map((each) => each.action)).toEqual(['signIn']);
  });

  it('shows what came while an agent answered, but no reference of a string', async () => {
    const { desk, agent } = await deskWithConversation();
    desk.store.held.set('c1', {
      ...newConversation('c1'),
      suggestions: [
        { at: NOW, what: 'serial', detail: 'D12345678' },
        { at: NOW, what: 'serial', detail: 'D87654321', typed: true },
        { at: NOW, what: 'sadpString', detail: 'ref-1' },
      ],
    });
    const response = await agent.get('/conversations/c1');
    expect(OneConversationSchema.parse(response.json()).suggestions).toEqual([
      { at: NOW, what: 'serial', detail: 'D12345678' },
      { at: NOW, what: 'serialTyped', detail: 'D87654321' },
      { at: NOW, what: 'sadpString', detail: null },
    ]);
    expect(response.body).not.toContain('ref-1');
  });

  it('learns of a verified account in every conversation of that account', async () => {
    const { desk, agent } = await deskWithConversation();
    desk.store.conversations.push(
      conversationRow({ conversationId: 'c2', chatId: 'chat-2', channel: 'telegram' }),
      conversationRow({ conversationId: 'c3', chatId: 'chat-3', accountId: 'a2' }),
    );
    await agent.post('/conversations/c1/verified', { verified: true });
    expect(desk.events).toMatchObject([
      { type: 'accountChanged', verified: true, chatId: 'chat-1', channel: 'web' },
      { type: 'accountChanged', verified: true, chatId: 'chat-2', channel: 'telegram' },
    ]);
    expect(desk.store.conversations.map((row) => row.accountVerified)).toEqual([true, true, false]);
    expect(desk.store.trail.at(-1)).toMatchObject({
      action: 'account.verify',
      subject: 'c1',
      detail: 'a1',
    });
  });

  it('takes nothing from a viewer', async () => {
    const { desk, agent } = await deskWithConversation('viewer');
    for (const act of ['take-over', 'hand-back', 'say', 'verified']) {
      expect(codeOf(await agent.post(`/conversations/c1/${act}`))).toBe('viewerReads');
    }
    expect(desk.events).toEqual([]);
  });

  it('says so when nothing could be kept', async () => {
    const desk = await deskApp({
      intake: { accept: () => Promise.reject(new Error('database is locked')) },
    });
    desk.store.conversations.push(conversationRow());
    const agent = await signIn(desk);
    const response = await agent.post('/conversations/c1/take-over');
    expect(response.statusCode).toBe(503);
    expect(codeOf(response)).toBe('notKept');
    expect(desk.store.trail.map((each) => each.action)).toEqual(['signIn']);
  });
});

describe('a photo at the desk', () => {
  const picture = { width: 1600, height: 1200, channels: 3, background: '#cccccc' } as const;
  const photo = () => sharp({ create: picture }).jpeg().toBuffer();
  const at = '/conversations/c1/photos/b1';

  /** Asks again while the masked copy is made. */
  async function masked(agent: SignedIn, path = at) {
    await vi.waitFor(async () => expect((await agent.get(path)).statusCode).not.toBe(202));
    return agent.get(path);
  }

  /** How dark the middle of a half of the picture is, 0..255. */
  async function grey(bytes: Buffer, half: 'upper' | 'lower'): Promise<number> {
    const { data, info } = await sharp(bytes)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const row = Math.round(info.height * (half === 'upper' ? 0.25 : 0.75));
    return data[(row * info.width + info.width / 2) * info.channels] ?? -1;
  }

  it('is being masked at first, and small and masked from then on, made once', async () => {
    const { desk, agent } = await deskWithConversation();
    desk.store.blobs.set('b1', { bytes: await photo(), mime: 'image/jpeg', conversationId: 'c1' });
    const first = await agent.get(at);
    expect(first.statusCode).toBe(202);
    expect(MakingSchema.parse(first.json())).toEqual({ state: 'making' });
    const small = await masked(agent);
    expect(await sharp(small.rawPayload).metadata()).toMatchObject({ width: 640, height: 480 });
    expect(await grey(small.rawPayload, 'upper')).toBeLessThan(60);
    expect(await grey(small.rawPayload, 'lower')).toBeGreaterThan(190);
    expect(small.headers['cache-control']).toBe('no-store');
    const whole = await agent.get(`${at}/masked`);
    expect(await sharp(whole.rawPayload).metadata()).toMatchObject({ width: 1600, height: 1200 });
    expect(await grey(whole.rawPayload, 'upper')).toBeLessThan(60);
    expect(desk.store.maskedBlobs.size).toBe(1);
    expect(desk.store.trail.map((each) => each.action)).toEqual(['signIn']);
  });

  it('opens as it is on request, which is recorded and never cached', async () => {
    const { desk, agent } = await deskWithConversation();
    const bytes = await photo();
    desk.store.blobs.set('b1', { bytes, mime: 'image/jpeg', conversationId: 'c1' });
    const original = await agent.get(`${at}/original`);
    expect(original.rawPayload.equals(bytes)).toBe(true);
    expect(original.headers['cache-control']).toBe('no-store');
    expect(desk.store.trail.at(-1)).toMatchObject({
      action: 'photo.openOriginal',
      subject: 'c1',
      detail: 'b1',
      actor: 'id-An',
    });
  });

  it('that cannot be masked is not shown, but opens as it is on request', async () => {
    const { desk, agent } = await deskWithConversation();
    const bytes = Buffer.from('no picture at all');
    desk.store.blobs.set('b1', { bytes, mime: 'image/jpeg', conversationId: 'c1' });
    for (const path of [at, `${at}/masked`]) {
      const answer = await masked(agent, path);
      expect(answer.statusCode).toBe(503);
      expect(codeOf(answer)).toBe('notMasked');
    }
    expect((await agent.get(`${at}/original`)).rawPayload.equals(bytes)).toBe(true);
  });

  it('of another conversation and none at all look the same', async () => {
    const { desk, agent } = await deskWithConversation();
    desk.store.blobs.set('theirs', {
      bytes: await photo(),
      mime: 'image/jpeg',
      conversationId: 'c2',
    });
    for (const blobId of ['theirs', 'none', '..%2f..']) {
      for (const kind of ['', '/masked', '/original']) {
        const response = await agent.get(`/conversations/c1/photos/${blobId}${kind}`);
        expect(response.statusCode).toBe(404);
        expect(codeOf(response)).toBe('noPhoto');
      }
    }
    expect(desk.store.maskedBlobs.size).toBe(0);
  });
});
