import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../src/dialogue/effect.ts';
import type { Event } from '../../../src/dialogue/event.ts';
import { base, CLOCK, DAY, draft, MINUTE, NOW, push, reply, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function outboxSuite(bed: TestBed): void {
  describe(`the outbox of ${bed.engine}`, () => {
    it('hands out what a turn wrote, with its lane, its time and its owner', async () => {
      const event = text();
      const { conversationId, effects } = await bed.run(
        {
          change: (before) => ({ ...before, owner: { ...before.owner, epoch: 7 } }),
          effects: [
            reply('hello'),
            push('news'),
            { kind: 'send', reply: { key: 'w' }, push: false, agent: { name: 'Lan', text: 'w' } },
            { kind: 'read', readId: 'r', photoId: 'p', blobId: 'b', claim: null },
            { kind: 'submit', draft: draft('c1', 'D12345678') },
          ],
        },
        event,
      );
      const at = event.at;
      expect(effects.map((due) => [due.effect.kind, due.lane, due.dueAt, due.expiresAt])).toEqual([
        ['send', `r:${conversationId}`, at, CLOCK + 15 * MINUTE],
        ['send', `p:${conversationId}`, at, CLOCK + 3 * DAY],
        ['send', `r:${conversationId}`, at, CLOCK + 3 * DAY],
        ['read', null, at, null],
        ['submit', `s:${conversationId}`, at, null],
      ]);
      for (const due of effects) {
        expect(due).toMatchObject({ epoch: 7, repeat: 'safe', attempts: 0, attemptedAt: null });
      }
      expect(await bed.store.dueEffects(at, 100)).toEqual(effects);
      expect(await bed.store.dueEffects(at - 1, 100)).toEqual([]);
      expect(await bed.store.dueEffects(at, 2)).toEqual(effects.slice(0, 2));
      expect(await bed.store.nextDue()).toBe(at);
      expect(await bed.store.ownerEpoch(conversationId)).toBe(7);
    });

    it.each([
      ['done', 'sent'],
      ['cancelled', 'cancelled'],
      ['expired', 'expired'],
    ] as const)(
      'an effect that ended as %s is over, and its line says %s',
      async (as, delivery) => {
        const { effectId, conversationId } = await bed.send(reply('hello'));
        await bed.settle({ effectId, as });
        expect(await bed.deliveries(conversationId)).toEqual([`[hello] ${delivery}`]);
        expect(await bed.idsDue()).toEqual([]);
        expect(await bed.store.nextDue()).toBeNull();
      },
    );

    it.each(['dead', 'ambiguous'] as const)('an effect that is %s failed visibly', async (as) => {
      const { effectId, conversationId } = await bed.send(reply('hello'));
      await bed.settle({ effectId, as, why: 'gone' });
      expect(await bed.deliveries(conversationId)).toEqual(['[hello] failed']);
      expect(await bed.idsDue()).toEqual([]);
    });

    it('settles with the commit of the turn that follows, or not at all', async () => {
      const due = await bed.send({ kind: 'submit', draft: draft('c1', 'D12345678') });
      const settlement = { effectId: due.effectId, as: 'done' as const };
      const fails = () => {
        throw new Error('the turn may not do this');
      };
      await expect(bed.store.commit([text()], fails, [settlement])).rejects.toThrow();
      expect(await bed.idsDue()).toEqual([due.effectId]);
      await bed.run({}, text(), [settlement]);
      expect(await bed.idsDue()).toEqual([]);
    });

    it('never gives an id again, since events are named by it', async () => {
      const first = await bed.send(reply('one'));
      await bed.settle({ effectId: first.effectId, as: 'done' });
      await bed.reopen();
      const second = await bed.send(reply('two'));
      expect(second.effectId).toBeGreaterThan(first.effectId);
    });

    it('a retry comes again at its time and holds up its own lane only', async () => {
      const { effects, conversationId } = await bed.run({
        effects: [reply('first'), push('news'), reply('second')],
      });
      const [first, news, second] = effects.map(({ effectId }) => effectId);
      const other = await bed.send(reply('elsewhere'), text('other'));
      await bed.settle({ effectId: first ?? 0, as: 'retry', at: NOW + 5 * MINUTE, why: 'busy' });
      expect(await bed.idsDue(NOW + MINUTE)).toEqual([news, other.effectId]);
      expect(await bed.idsDue(NOW + 5 * MINUTE)).toEqual([first, news, second, other.effectId]);
      const [again] = await bed.store.dueEffects(NOW + 5 * MINUTE, 1);
      expect(again).toMatchObject({ attempts: 1, dueAt: NOW + 5 * MINUTE });
      await bed.settle(
        { effectId: news ?? 0, as: 'done' },
        { effectId: other.effectId, as: 'done' },
      );
      expect(await bed.store.nextDue()).toBe(NOW + 5 * MINUTE);
      expect((await bed.deliveries(conversationId))[0]).toBe('[first] due');
    });

    it('a deferred effect lets the others of its lane go on', async () => {
      const { effects } = await bed.run({ effects: [push('first'), push('second')] });
      const [first, second] = effects.map(({ effectId }) => effectId);
      const at = NOW + DAY / 2;
      await bed.settle({ effectId: first ?? 0, as: 'retry', at, why: 'quota', deferred: true });
      expect(await bed.idsDue(NOW + MINUTE)).toEqual([second]);
      expect((await bed.store.dueEffects(at, 10))[0]).toMatchObject({
        effectId: first,
        lane: null,
      });
    });

    it('an effect is due at once where a clock is ahead of ours', async () => {
      const event = text('chat', 'chào', { at: CLOCK + MINUTE });
      const { effectId } = await bed.send(reply('hello'), event);
      expect(await bed.idsDue(CLOCK)).toEqual([effectId]);
    });

    it('an expired effect is still handed out, so that somebody says so', async () => {
      const { effectId } = await bed.send(reply('hello'));
      expect(await bed.idsDue(NOW + DAY)).toEqual([effectId]);
    });

    it('remembers that a harmful attempt began', async () => {
      const { effectId } = await bed.send(reply('hello'));
      await bed.store.markAttempted(effectId, NOW + 5);
      await bed.reopen();
      expect((await bed.store.dueEffects(NOW + DAY, 1))[0]?.attemptedAt).toBe(NOW + 5);
    });

    it('a new answer replaces older answers that have failed so far, nothing else', async () => {
      const words = { kind: 'send', reply: { key: 'w' }, push: false } as const;
      const { conversationId, effects } = await bed.run({
        effects: [
          reply('late'),
          push('news'),
          { ...words, agent: { name: 'Lan', text: 'by Lan' } },
          reply('fresh'),
        ],
      });
      const elsewhere = await bed.send(reply('elsewhere'), text('other'));
      const tried = [...effects.slice(0, 3), elsewhere];
      await bed.settle(
        ...tried.map(({ effectId }) => ({
          effectId,
          as: 'retry' as const,
          at: NOW + MINUTE,
          why: 'busy',
        })),
      );
      await bed.run({ effects: [push('more news')] }, text());
      expect((await bed.deliveries(conversationId))[0]).toBe('[late] due');
      await bed.run({ effects: [reply('answer')] }, text());
      expect(await bed.deliveries(conversationId)).toEqual([
        '[late] cancelled',
        '[news] due',
        'by Lan due',
        '[fresh] due',
        '[more news] due',
        '[answer] due',
      ]);
      expect((await bed.idsDue()).includes(effects[0]?.effectId ?? 0)).toBe(false);
      expect((await bed.idsDue()).length).toBe(6);
    });

    it('an answer that went out although it was replaced meanwhile is shown as sent', async () => {
      const late = await bed.send(reply('late'));
      await bed.settle({ effectId: late.effectId, as: 'retry', at: NOW, why: 'busy' });
      await bed.run({ effects: [reply('answer')] });
      await bed.settle({ effectId: late.effectId, as: 'done' });
      expect((await bed.deliveries(late.conversationId))[0]).toBe('[late] sent');
    });

    it('an unreachable address fails replies that wait for it, until something comes from it', async () => {
      const { effects, conversationId } = await bed.run({ effects: [reply('a'), reply('b')] });
      const other = await bed.send(reply('elsewhere'), text('other'));
      const [{ effectId } = other] = effects;
      await bed.settle({ effectId, as: 'unreachable', why: 'blocked' });
      expect(await bed.deliveries(conversationId)).toEqual(['[a] failed', '[b] failed']);
      expect(await bed.idsDue()).toEqual([other.effectId]);
      expect((await bed.store.routesOf(conversationId)).unreachable).toBe('blocked');

      const change: Event = { ...base(), type: 'accountChanged', verified: true };
      const meanwhile = await bed.run({ effects: [reply('c')] }, change);
      expect(meanwhile.effects).toEqual([]);
      const submit: Effect = { kind: 'submit', draft: draft('c1', 'D12345678') };
      expect((await bed.run({ effects: [submit] }, { ...change, ...base() })).effects).toHaveLength(
        1,
      );

      const back = await bed.run({ effects: [reply('d')] }, { ...base(), type: 'opened' });
      expect(back.effects).toHaveLength(1);
      expect((await bed.store.routesOf(conversationId)).unreachable).toBeNull();
      expect(await bed.deliveries(conversationId)).toEqual([
        '[a] failed',
        '[b] failed',
        '[c] failed',
        '[d] due',
      ]);
    });

    it('news of an unreachable address stays due, since it may be told elsewhere', async () => {
      const { effects, conversationId } = await bed.run({ effects: [push('a'), push('b')] });
      const [a, b] = effects.map(({ effectId }) => effectId);
      await bed.settle({ effectId: a ?? 0, as: 'unreachable', why: 'blocked' });
      const change: Event = { ...base(), type: 'accountChanged', verified: true };
      await bed.run({ effects: [push('c')] }, change);
      expect(await bed.idsDue()).toEqual([a, b, expect.any(Number)]);
      expect(await bed.deliveries(conversationId)).toEqual(['[a] due', '[b] due', '[c] due']);
      await bed.settle({ effectId: a ?? 0, as: 'dead', why: 'nowhere to go' });
      expect((await bed.deliveries(conversationId))[0]).toBe('[a] failed');
    });

    it('a line says in which conversation its news was told instead', async () => {
      const other = await bed.run({}, text('other', 'chào', { channel: 'telegram' }));
      const { effectId, conversationId } = await bed.send(push('news'));
      const toldIn = other.conversationId;
      await bed.settle({ effectId, as: 'passedOn', toldIn });
      const [line] = await bed.store.transcript(conversationId, 0, 10);
      expect(line).toMatchObject({
        delivery: 'sent',
        toldIn: { conversationId: toldIn, channel: 'telegram' },
      });
      expect(await bed.idsDue()).toEqual([]);
    });

    it('takes it calmly that an effect is settled twice', async () => {
      const { effectId, conversationId } = await bed.send(reply('hello'));
      await bed.settle({ effectId, as: 'done' });
      await bed.settle(
        { effectId, as: 'done' },
        { effectId, as: 'dead', why: 'x' },
        { effectId, as: 'unreachable', why: 'x' },
        { effectId, as: 'retry', at: NOW, why: 'x' },
      );
      expect(await bed.deliveries(conversationId)).toEqual(['[hello] sent']);
    });
  });
}
