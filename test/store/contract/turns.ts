import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/dialogue/event.ts';
import {
  DAY,
  type Decision,
  decided,
  decideForReal,
  deciding,
  NOW,
  reply,
  shown,
  text,
} from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function turnsSuite(bed: TestBed): void {
  describe(`turns in ${bed.engine}`, () => {
    it('begins a conversation with an account of its own, and goes on with it', async () => {
      const first = await bed.run({ change: (before) => ({ ...before, language: 'en' }) });
      const accounts: string[] = [];
      const again = text();
      const [outcome] = await bed.store.commit(
        [again],
        (_, loaded) => {
          accounts.push(loaded.account.id);
          expect(loaded.conversation).toMatchObject({ id: first.conversationId, language: 'en' });
          expect(loaded.account.verified).toBe(false);
          return decided(loaded);
        },
        [],
      );
      expect(outcome?.conversationId).toBe(first.conversationId);
      expect(await bed.store.conversationByChat('web', 'chat')).toEqual({
        conversationId: first.conversationId,
        channel: 'web',
        chatId: 'chat',
        accountId: accounts[0],
        accountName: null,
        accountVerified: false,
        language: 'en',
        owner: { who: 'bot', agentId: null, agentName: null, epoch: 0 },
        updatedAt: again.at,
        lastText: null,
      });
    });

    it('does nothing for an event that it has seen, in the same batch or after a restart', async () => {
      const event = text();
      const turns: Event[] = [];
      const decide = (seen: Event, loaded: Parameters<typeof decided>[0]) => {
        turns.push(seen);
        return decided(loaded, { heard: { text: 'chào' }, effects: [reply('hello')] });
      };
      const outcomes = await bed.store.commit([event, event], decide, []);
      await bed.reopen();
      const later = await bed.store.commit([event], decide, []);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'duplicate']);
      expect(later).toEqual([
        {
          eventId: event.eventId,
          conversationId: outcomes[0]?.conversationId,
          outcome: 'duplicate',
          owner: null,
          effects: [],
        },
      ]);
      expect(turns).toEqual([event]);
      expect(await bed.deliveries(outcomes[0]?.conversationId ?? '')).toEqual([
        'chào sent',
        '[hello] due',
      ]);
    });

    it('takes the same event id for two events on two channels', async () => {
      const event = text();
      const events: Event[] = [event, { ...event, channel: 'telegram' }];
      const outcomes = await bed.store.commit(events, deciding(), []);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
      expect(new Set(outcomes.map(({ conversationId }) => conversationId)).size).toBe(2);
    });

    it('runs the turns of a batch in order, each on what the one before left', async () => {
      const events = Array.from({ length: 5 }, (_, index) => text('chat', String(index)));
      const [outcome] = await bed.store.commit(
        events,
        (event, loaded) => {
          const change: Decision['change'] = (before) => ({
            ...before,
            counter: before.counter + 1,
          });
          expect(loaded.conversation?.counter ?? 0).toBe(events.indexOf(event));
          return decided(loaded, { change, heard: { text: `${events.indexOf(event)}` } });
        },
        [],
      );
      const lines = await bed.store.transcript(outcome?.conversationId ?? '', 0, 100);
      expect(lines.map((line) => line.shown.text)).toEqual(['0', '1', '2', '3', '4']);
    });

    it('keeps what the real dialogue makes of a conversation', async () => {
      const said = ['xin chào', 'mạng khác', 'D12345678', 'tôi cần gặp người'];
      const events: Event[] = said.map((one) => text('chat', one));
      const outcomes = await bed.store.commit(events, decideForReal, []);
      await bed.reopen();
      const [after] = await bed.store.commit([text('chat', 'trạng thái')], decideForReal, []);
      const id = after?.conversationId ?? '';
      const lines = await bed.store.transcript(id, 0, 1000);
      expect(lines.filter((line) => line.author === 'installer').map((l) => l.shown.text)).toEqual([
        ...said,
        'trạng thái',
      ]);
      const sends = await bed.store.dueEffects(NOW + DAY, 1000);
      const handedOut = [...outcomes, after].flatMap((outcome) => outcome?.effects ?? []);
      const fromTheBot = lines.filter((line) => line.author === 'bot');
      expect(fromTheBot.map((line) => line.id)).toEqual(sends.map((due) => due.lineId));
      expect(fromTheBot.map((line) => line.shown)).toEqual(sends.map((due) => due.shown));
      expect(handedOut.length).toBeGreaterThan(0);
      expect(sends).toEqual(expect.arrayContaining(handedOut));
    });

    it('writes what was heard before what is said, with photos, references and authors', async () => {
      const words = { key: 'handoff.words', params: { words: 'Chào anh' } };
      const { conversationId, effects } = await bed.run({
        change: (before) => ({ ...before, language: 'en' }),
        heard: { text: 'hi', blobIds: ['b1', 'b2'], secretRef: 's1' },
        effects: [
          reply('hello'),
          { kind: 'send', reply: words, push: false, agent: { name: 'Lan', text: 'Chào anh' } },
        ],
      });
      const lines = await bed.store.transcript(conversationId, 0, 100);
      const common = { conversationId, language: 'en', blobIds: [], secretRef: null };
      expect(lines).toEqual([
        {
          ...common,
          id: expect.any(Number),
          at: expect.any(Number),
          author: 'installer',
          agentName: null,
          shown: shown('hi'),
          reply: null,
          blobIds: ['b1', 'b2'],
          secretRef: 's1',
          delivery: 'sent',
          toldIn: null,
        },
        {
          ...common,
          id: effects[0]?.lineId,
          at: expect.any(Number),
          author: 'bot',
          agentName: null,
          shown: shown('[hello]'),
          reply: { key: 'hello' },
          delivery: 'due',
          toldIn: null,
        },
        {
          ...common,
          id: effects[1]?.lineId,
          at: expect.any(Number),
          author: 'agent',
          agentName: 'Lan',
          shown: shown('Chào anh'),
          reply: null,
          delivery: 'due',
          toldIn: null,
        },
      ]);
    });

    it('gives a transcript piece by piece, its ids rising in the whole store', async () => {
      const first = await bed.run({ heard: { text: '1' } }, text('one'));
      await bed.run({ heard: { text: 'x' } }, text('two'));
      await bed.run({ heard: { text: '2' } }, text('one'));
      await bed.run({ heard: { text: '3' } }, text('one'));
      const [a, b] = await bed.store.transcript(first.conversationId, 0, 2);
      const rest = await bed.store.transcript(first.conversationId, b?.id ?? 0, 2);
      expect([a, b, ...rest].map((line) => line?.shown.text)).toEqual(['1', '2', '3']);
      expect((b?.id ?? 0) - (a?.id ?? 0)).toBe(2);
    });

    it('sets an event aside with the apology, and shows operators what and why', async () => {
      const event = text('chat', 'kept from everybody');
      await bed.run({ setAside: 'TypeError at turn', effects: [reply('sorry')] }, event);
      await bed.run({ setAside: 'again' }, text('other'));
      expect(await bed.store.setAsideEvents(10)).toEqual([
        expect.objectContaining({ why: 'again' }),
        { eventId: event.eventId, type: 'text', at: event.at, why: 'TypeError at turn' },
      ]);
    });

    it('gives a turn the account as it is, and its secrets that are held', async () => {
      const { conversationId } = await bed.run({
        change: (before) => ({ ...before, heldSecrets: ['s1', 'gone'] }),
        effects: [
          { kind: 'keepSecret', ref: 's1', text: 'ABC' },
          { kind: 'keepSecret', ref: 's2', text: 'DEF' },
        ],
      });
      const row = await bed.store.conversationById(conversationId);
      await bed.store.setVerified(row?.accountId ?? '', true);
      await bed.store.commit(
        [text()],
        (_, loaded) => {
          expect(loaded.account).toEqual({
            id: row?.accountId,
            verified: true,
            applied: false,
            linked: [],
          });
          expect([...loaded.secrets]).toEqual([['s1', 'ABC']]);
          return decided(loaded, { effects: [{ kind: 'dropSecret', ref: 's1' }] });
        },
        [],
      );
      expect(await bed.store.revealSecret('s1')).toBeNull();
      expect(await bed.store.revealSecret('s2')).toBe('DEF');
      expect((await bed.store.conversationById(conversationId))?.accountVerified).toBe(true);
    });
  });
}
