import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/dialogue/conversation.ts';
import { base, DAY, draft, MINUTE, NOW, reply, text } from '../turns.ts';
import { agent, type TestBed } from './test-bed.ts';

const OPEN = { show: 'open', since: NOW, limit: 100 } as const;

function queued(before: Conversation): Conversation {
  const waiting = { since: NOW - MINUTE, why: 'asked' as const };
  return { ...before, owner: { ...before.owner, who: 'queued' }, waiting };
}

export function inboxSuite(bed: TestBed): void {
  const idOf = async (chat: string) =>
    (await bed.store.conversationByChat('web', chat))?.conversationId ?? '';

  describe(`the agents' inbox of ${bed.engine}`, () => {
    it('lists who waits for a human first, and apart what is over', async () => {
      await bed.run({}, { ...text('old'), at: NOW - 2 * DAY });
      await bed.run({}, { ...text('case'), at: NOW - 2 * DAY });
      await bed.run({ change: queued }, { ...text('waits'), at: NOW - 2 * DAY });
      await bed.run({}, text('new'));
      const conversationId = await idOf('case');
      await bed.store.openCase({ conversationId, draft: draft('k1', 'D12345678') });
      const open = await bed.store.inbox('a1', OPEN);
      expect(open.map(({ chatId }) => chatId)).toEqual(['waits', 'new', 'case']);
      expect(open[0]?.waiting).toEqual({ since: NOW - MINUTE, why: 'asked' });
      expect(open[2]).toMatchObject({ openCases: 1, answerBy: NOW + 10 * MINUTE, waiting: null });
      const closed = await bed.store.inbox('a1', { ...OPEN, show: 'closed' });
      expect(closed.map(({ chatId }) => chatId)).toEqual(['old']);
      const named = await bed.store.inbox('a1', { ids: [conversationId, 'none'] });
      expect(named.map(({ chatId }) => chatId)).toEqual(['case']);
      expect(await bed.store.inbox('a1', { ids: [] })).toEqual([]);
    });

    it('counts what an agent has not seen, for each agent and only where a human is wanted', async () => {
      await bed.store.addAgent(agent);
      await bed.run({ change: queued, heard: { text: 'one' }, effects: [reply('hello')] });
      await bed.run({ heard: { text: 'two' } });
      await bed.run({ heard: { text: 'alone' } }, text('other'));
      const find = async (agentId: string, chat = 'chat') =>
        (await bed.store.inbox(agentId, OPEN)).find(({ chatId }) => chatId === chat);
      const row = await find('a1');
      expect(row?.unread).toBe(2);
      expect((await find('a1', 'other'))?.unread).toBe(0);
      const { conversationId = '', lastLine = 0 } = row ?? {};
      await bed.store.markSeen('a1', conversationId, lastLine);
      await bed.store.markSeen('a1', conversationId, 1);
      expect((await find('a1'))?.unread).toBe(0);
      expect((await find('a2'))?.unread).toBe(2);
      await bed.run({ heard: { text: 'three' } });
      expect((await find('a1'))?.unread).toBe(1);
    });

    it('finds conversations by a part of a serial or of a number', async () => {
      await bed.run({}, text('one'));
      await bed.run({}, text('two'));
      const [one, two] = [await idOf('one'), await idOf('two')];
      await bed.store.openCase({ conversationId: one, draft: draft('k1', 'D12345678') });
      await bed.store.openCase({ conversationId: two, draft: draft('k2', 'D99345000') });
      expect(await bed.store.conversationsWithCase('345', 10)).toEqual([two, one]);
      expect(await bed.store.conversationsWithCase('D1234', 10)).toEqual([one]);
      expect(await bed.store.conversationsWithCase('UB-000002', 10)).toEqual([two]);
      expect(await bed.store.conversationsWithCase('%', 1)).toHaveLength(1);
    });

    it('gives the newest lines of all conversations, page by page', async () => {
      await bed.run({ heard: { text: 'one' }, effects: [reply('hello')] }, text('a'));
      await bed.run({ heard: { text: 'two' } }, text('b'));
      const first = await bed.store.newestLines(0, 2);
      expect(first.map((line) => line.text)).toEqual(['two', '[hello]']);
      const rest = await bed.store.newestLines(first[1]?.id ?? 0, 2);
      expect(rest.map((line) => line.text)).toEqual(['one']);
    });

    it("keeps an agent's photo with their line, and makes it the conversation's own", async () => {
      await bed.run();
      const photo = await bed.store.putBlob(Buffer.from('a photo'), 'image/jpeg');
      const agentSays = { name: 'Lan', text: '', photo };
      const { conversationId, effects } = await bed.run(
        {
          effects: [
            { kind: 'send', push: false, reply: { key: 'handoff.words' }, agent: agentSays },
          ],
        },
        {
          ...base(),
          type: 'agentActed',
          act: 'say',
          agentId: 'a1',
          agentName: 'Lan',
          photo,
        },
      );
      expect(effects[0]?.effect).toMatchObject({ agent: agentSays });
      const lines = await bed.store.transcript(conversationId, 0, 10);
      expect(lines.at(-1)?.blobIds).toEqual([photo]);
      expect(await bed.store.blobBelongsTo(photo, conversationId)).toBe(true);
      // As a later process finds it.
      await bed.reopen();
      const [due] = await bed.store.dueEffects(NOW + DAY, 10);
      expect(due?.effect).toMatchObject({ agent: agentSays });
    });

    it('keeps notes once, in order', async () => {
      await bed.store.addAgent(agent);
      const { conversationId } = await bed.run();
      const note = { noteId: 'n1', conversationId, at: NOW, agentId: 'a1', text: 'gọi lại' };
      await bed.store.addNote(note);
      await bed.store.addNote({ ...note, text: 'again' });
      await bed.store.addNote({ ...note, noteId: 'n2', text: 'đã gọi' });
      const notes = await bed.store.notes(conversationId);
      expect(notes).toEqual([note, { ...note, noteId: 'n2', text: 'đã gọi' }]);
    });

    it('knows who is off duty, and gives an invitation once while it holds', async () => {
      await bed.store.addAgent(agent);
      expect(await bed.store.offDuty()).toEqual([]);
      await bed.store.setDuty('a1', false);
      await bed.store.setDuty('a1', false);
      expect(await bed.store.offDuty()).toEqual(['a1']);
      await bed.store.setDuty('a1', true);
      expect(await bed.store.offDuty()).toEqual([]);
      const invite = {
        tokenHash: 'h1',
        role: 'agent' as const,
        invitedBy: 'a1',
        expiresAt: NOW + DAY,
      };
      await bed.store.addInvite(invite);
      await bed.store.addInvite({ ...invite, tokenHash: 'h2' });
      const taken = await Promise.all([
        bed.store.takeInvite('h1', NOW),
        bed.store.takeInvite('h1', NOW),
      ]);
      expect(taken.filter((one) => one !== null)).toEqual([invite]);
      expect(await bed.store.takeInvite('h2', NOW + DAY)).toBeNull();
      expect(await bed.store.takeInvite('none', NOW)).toBeNull();
    });

    it('counts cases with their steps, and takes a rating once', async () => {
      const { conversationId } = await bed.run();
      await bed.store.openCase({ conversationId, draft: draft('k1', 'D12345678') });
      const decide = {
        kind: 'changeCase' as const,
        caseId: 'k1',
        revision: 2,
        status: 'rejected' as const,
        reason: 'photoUnreadable' as const,
        note: null,
        by: 'Lan',
      };
      await bed.run({ effects: [decide] });
      await bed.store.rate('k1', 3, NOW);
      await bed.store.rate('k1', 1, NOW);
      const [counted, more] = await bed.store.countedCases(NOW, NOW + DAY);
      expect(more).toBeUndefined();
      expect(counted).toMatchObject({
        caseId: 'k1',
        channel: 'web',
        reason: 'photoUnreadable',
        decidedBy: 'Lan',
        human: false,
        rating: 3,
      });
      expect(counted?.steps.map(({ status }) => status)).toEqual(['submitted', 'rejected']);
      expect(await bed.store.countedCases(NOW + 1, NOW + DAY)).toEqual([]);
    });
  });
}
