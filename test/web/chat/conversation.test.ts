import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../../src/channels/web/wire.ts';
import {
  type Action,
  awaitsBot,
  type Chat,
  EMPTY,
  newestOfCases,
  type Pending,
  pressable,
  step,
  stepNow,
} from '../../../src/web/chat/conversation.ts';

const line = (id: number, author: Line['author'], choices = 0): Line => ({
  id,
  at: id,
  author,
  agentName: author === 'agent' ? 'Lan' : null,
  language: 'vi',
  shown: {
    text: `${id}`,
    choices: Array.from({ length: choices }, (_, n) => ({ token: `${id}.${n}`, label: 'ok' })),
    pictures: [],
  },
  photos: [],
  delivery: 'sent',
});
const pending = (id: string, more: Partial<Pending> = {}): Pending => ({
  id,
  at: 0,
  what: { type: 'text', text: id },
  state: 'sending',
  progress: null,
  sentence: null,
  seen: false,
  ...more,
});
const chatAfter = (...actions: Action[]): Chat => actions.reduce(step, EMPTY);
const said = (id: number, author: Line['author'] = 'installer'): Action => ({
  do: 'line',
  line: line(id, author),
});
const mark = (id: string, state: Pending['state']): Action => ({
  do: 'mark',
  id,
  state,
  sentence: null,
});
const visible = (chat: Chat) => chat.pending.filter((one) => !one.seen).map((one) => one.id);

describe('the memory of the page', () => {
  it('shows a message at once, and only once when its line comes', () => {
    const sent = chatAfter({ do: 'ready' }, { do: 'add', pending: pending('a') });
    expect(visible(sent)).toEqual(['a']);
    const answered = step(step(sent, mark('a', 'accepted')), said(1));
    expect([answered.lines.length, visible(answered)]).toEqual([1, []]);
    const early = step(sent, said(1));
    expect([early.lines.length, visible(early)]).toEqual([1, []]);
    expect(step(early, mark('a', 'accepted')).pending).toEqual([]);
  });

  it('takes no line of the backlog for a message that is under way', () => {
    const chat = chatAfter({ do: 'add', pending: pending('a') }, said(1), { do: 'ready' });
    expect(visible(chat)).toEqual(['a']);
  });

  it('knows how much of a photo is uploaded, until it is sent anew', () => {
    const under = chatAfter(
      { do: 'add', pending: pending('a') },
      { do: 'progress', id: 'a', progress: 0.4 },
    );
    expect(under.pending[0]?.progress).toBe(0.4);
    const waiting = step(under, mark('a', 'waiting'));
    expect(waiting.pending[0]?.progress).toBeNull();
    expect(step(waiting, { do: 'progress', id: 'a', progress: 0.5 })).toEqual(waiting);
  });

  it('leaves a failed message where it is when another one arrives', () => {
    const chat = chatAfter(
      { do: 'ready' },
      { do: 'add', pending: pending('a', { state: 'failed' }) },
      { do: 'add', pending: pending('b') },
      said(1),
    );
    expect(visible(chat)).toEqual(['a']);
  });

  it('forgets kept messages when a resumed stream is up to date', () => {
    const chat = chatAfter(
      { do: 'ready' },
      { do: 'add', pending: pending('a') },
      mark('a', 'accepted'),
      { do: 'link', link: 'lost' },
      { do: 'ready' },
    );
    expect([chat.pending, chat.link]).toEqual([[], 'open']);
  });

  it('drops a line that is gone', () => {
    const chat = chatAfter(said(1, 'bot'), said(2, 'bot'), { do: 'gone', id: 1 });
    expect(chat.lines.map((one) => one.id)).toEqual([2]);
  });

  it('keeps lines in order and once, whatever a resumed stream repeats', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 })), (ids) => {
        const { lines } = chatAfter({ do: 'ready' }, ...ids.map((id) => said(id, 'bot')));
        const kept = lines.map((one) => one.id);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      }),
    );
  });
});

describe('buttons', () => {
  it('can be pressed under the newest message and not under older ones', () => {
    const lines = [line(1, 'bot', 2), line(2, 'installer'), line(3, 'bot', 2)];
    expect([...pressable(lines)]).toEqual([3]);
  });

  it('stay when news comes in between', () => {
    const lines = [line(1, 'installer'), line(2, 'bot', 2), line(3, 'bot'), line(4, 'bot', 1)];
    expect([...pressable(lines)]).toEqual([2, 4]);
  });

  it('stay when the person wrote and no new ones have come', () => {
    expect([...pressable([line(1, 'bot', 2), line(2, 'installer')])]).toEqual([1]);
  });
});

describe('cases and steps', () => {
  const about = (id: number, shown: Partial<Line['shown']>): Line => {
    const plain = line(id, 'bot');
    return { ...plain, shown: { ...plain.shown, ...shown } };
  };

  it('shows a case once, under the newest line about it', () => {
    const lines = [about(1, { caseId: 'a' }), about(2, { caseId: 'b' }), about(3, { caseId: 'a' })];
    expect([...newestOfCases(lines)]).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  it('shows the step of the newest question, and none once a case was sent', () => {
    const asked = [about(1, { step: { at: 1, of: 6 } }), about(2, { step: { at: 2, of: 6 } })];
    expect(stepNow([])).toBeNull();
    expect(stepNow([...asked, line(3, 'bot')])).toEqual({ at: 2, of: 6 });
    expect(stepNow([...asked, about(3, { caseId: 'a' })])).toBeNull();
  });
});

describe('waiting for an answer', () => {
  it('begins when the person has spoken and ends with the answer', () => {
    const asked = chatAfter({ do: 'ready' }, said(1, 'bot'), said(2));
    expect(awaitsBot(asked)).toBe(true);
    expect(awaitsBot(step(asked, said(3, 'bot')))).toBe(false);
  });

  it('does not promise that an agent is typing', () => {
    expect(awaitsBot(chatAfter({ do: 'ready' }, said(1, 'agent'), said(2)))).toBe(false);
  });
});
