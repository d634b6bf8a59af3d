import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, NOW, reply, text } from '../turns.ts';
import { agent, type TestBed } from './test-bed.ts';

const audit = { at: NOW, actor: 'a1', action: 'case.decide', subject: 'c1' };

export function deskSuite(bed: TestBed): void {
  describe(`the desk's side of ${bed.engine}`, () => {
    it('lists conversations by their newest activity, with what was said last', async () => {
      const long = `${'x'.repeat(199)}🎉 and more`;
      await bed.run({ heard: { text: 'first' } }, text('one'));
      await bed.run({ heard: { text: 'second' }, effects: [reply('hello')] }, text('two'));
      await bed.run({ heard: { text: long } }, text('one'));
      await bed.run({}, text('one'));
      const rows = await bed.store.conversationsForDesk(10);
      expect(rows.map(({ chatId, lastText }) => [chatId, lastText])).toEqual([
        ['one', 'x'.repeat(199)],
        ['two', '[hello]'],
      ]);
      expect(await bed.store.conversationsForDesk(1)).toHaveLength(1);
      expect(await bed.store.conversationById('unknown')).toBeNull();
      expect(await bed.store.conversationByChat('telegram', 'one')).toBeNull();
    });

    it('shows who owns a conversation', async () => {
      const owner = { who: 'agent' as const, agentId: 'a1', agentName: 'Lan', epoch: 3 };
      const { conversationId } = await bed.run({ change: (before) => ({ ...before, owner }) });
      expect((await bed.store.conversationById(conversationId))?.owner).toEqual(owner);
      expect(await bed.store.ownerEpoch(conversationId)).toBe(3);
    });

    it('shows what came while an agent owned a conversation', async () => {
      const suggestions = [{ at: NOW, what: 'serial' as const, detail: 'D12345678' }];
      const { conversationId } = await bed.run({
        change: (before) => ({ ...before, suggestions }),
      });
      expect((await bed.store.remembered(conversationId))?.suggestions).toEqual(suggestions);
      expect(await bed.store.remembered('none')).toBeNull();
    });

    it('knows its people and gives a login once', async () => {
      await bed.store.addAgent(agent);
      const twice = bed.store.addAgent({ ...agent, agentId: 'a2' });
      await expect(twice).rejects.toMatchObject({ code: 'conflict' });
      expect(await bed.store.agents()).toEqual([agent]);
      expect(await bed.store.agentByLogin('lan')).toEqual(agent);
      expect(await bed.store.agentByLogin('nobody')).toBeNull();
    });

    it('changes what is given of somebody', async () => {
      await bed.store.addAgent(agent);
      await bed.store.changeAgent('a1', { role: 'left' });
      await bed.store.changeAgent('a1', { name: 'Lan Phạm', passwordHash: 'scrypt$2$1$1$a$b' });
      await bed.store.changeAgent('a1', {});
      const changed = { name: 'Lan Phạm', passwordHash: 'scrypt$2$1$1$a$b', role: 'left' };
      expect(await bed.store.agents()).toEqual([{ ...agent, ...changed }]);
    });

    it('ends the sessions of one person, save one', async () => {
      await bed.store.addAgent(agent);
      await bed.store.addAgent({ ...agent, agentId: 'a2', login: 'hoa' });
      const session = { agentId: 'a1', expiresAt: NOW + MINUTE, csrf: 'c' };
      await bed.store.openSession({ ...session, tokenHash: 'this' });
      await bed.store.openSession({ ...session, tokenHash: 'that' });
      await bed.store.openSession({ ...session, tokenHash: 'other', agentId: 'a2' });
      const open = async () => {
        const hashes = ['this', 'that', 'other'];
        const found = await Promise.all(hashes.map((hash) => bed.store.session(hash, NOW)));
        return hashes.filter((_, index) => found[index] !== null);
      };
      await bed.store.closeSessionsOf('a1', 'this');
      expect(await open()).toEqual(['this', 'other']);
      await bed.store.closeSessionsOf('a1', null);
      expect(await open()).toEqual(['other']);
    });

    it('keeps a session until it ends, and prolongs it', async () => {
      await bed.store.addAgent(agent);
      const session = { tokenHash: 'h', agentId: 'a1', expiresAt: NOW + MINUTE, csrf: 'c' };
      await bed.store.openSession(session);
      expect(await bed.store.session('h', NOW)).toEqual({
        agent,
        csrf: 'c',
        expiresAt: NOW + MINUTE,
      });
      expect(await bed.store.session('h', NOW + MINUTE)).toBeNull();
      await bed.store.openSession({ ...session, expiresAt: NOW + DAY });
      expect(await bed.store.session('h', NOW + MINUTE)).toMatchObject({ expiresAt: NOW + DAY });
      await bed.store.closeSession('h');
      expect(await bed.store.session('h', NOW)).toBeNull();
    });

    it('keeps a trail of what was done, newest first', async () => {
      await bed.store.audit(audit);
      await bed.store.audit({ ...audit, at: NOW + 1, detail: 'approved' });
      expect(await bed.store.auditTrail(10)).toEqual([
        { ...audit, at: NOW + 1, detail: 'approved' },
        audit,
      ]);
      expect(await bed.store.auditTrail(1)).toHaveLength(1);
    });
  });
}
