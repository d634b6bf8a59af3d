import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Action, EMPTY, step } from '../../../src/web/chat/conversation.ts';
import { Sender } from '../../../src/web/chat/sender.ts';
import type { Unsent } from '../../../src/web/chat/unsent.ts';

/** Answers of the server in order; `offline` is a request that never arrived. */
type Reply = number | 'offline' | { status: number; code: string; retryAfter?: number };

/** What outlives a page. */
const kept = new Map<string, Unsent>();
const keptTexts = () =>
  [...kept.values()].map(({ what }) => (what.type === 'text' ? what.text : what.type));

function page(replies: Reply[]) {
  const requests: { id: string; text: string }[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: { body: string }) => {
    requests.push(JSON.parse(init.body));
    const reply = replies.shift() ?? 202;
    if (reply === 'offline') throw new TypeError('Failed to fetch');
    const { status, code, retryAfter } =
      typeof reply === 'number' ? { status: reply, code: 'x', retryAfter: undefined } : reply;
    const error = { code, message: 'Please send it again.' };
    const headers = retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` };
    // A gateway answers in its own way.
    const ours = status < 400 ? { known: code === 'known' } : { error };
    const body = code === '' ? '<h1>Bad Gateway</h1>' : JSON.stringify(ours);
    return new Response(body, { status, headers });
  });
  let chat = EMPTY;
  const renewals: number[] = [];
  const sender = new Sender({
    dispatch: (action: Action) => {
      chat = step(chat, action);
    },
    renew: async () => renewals.push(requests.length) > 0,
    language: () => 'en',
    unsent: {
      keep: async (one) => void kept.set(one.id, one),
      forget: async (id) => void kept.delete(id),
      all: async () => [...kept.values()],
    },
  });
  const states = () => chat.pending.map((one) => one.state);
  return { sender, requests, renewals, states, chat: () => chat };
}

beforeEach(() => {
  kept.clear();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

describe('sending', () => {
  it('keeps the order of writing and remembers a text until it is kept', async () => {
    const { sender, requests, states } = page([]);
    sender.add({ type: 'text', text: 'one' });
    sender.add({ type: 'choice', token: 't', label: 'Yes' });
    expect(keptTexts()).toEqual(['one', 'choice']);
    await vi.waitFor(() => expect(states()).toEqual(['accepted', 'accepted']));
    expect(requests).toMatchObject([{ text: 'one' }, { type: 'choice', token: 't' }]);
    expect(keptTexts()).toEqual([]);
  });

  it('waits for the network and then sends each message once, under the same id', async () => {
    const { sender, requests, states } = page(['offline']);
    sender.add({ type: 'text', text: 'one' });
    sender.add({ type: 'text', text: 'two' });
    await vi.waitFor(() => expect(states()).toEqual(['waiting', 'waiting']));
    await Promise.all([sender.go(), sender.go()]);
    expect(states()).toEqual(['accepted', 'accepted']);
    expect(requests.map((one) => one.text)).toEqual(['one', 'one', 'two']);
    expect(requests[1]?.id).toBe(requests[0]?.id);
  });

  it('goes on by itself, waiting longer after each vain attempt', async () => {
    const { sender, requests, states } = page(['offline', 'offline', 'offline']);
    sender.add({ type: 'text', text: 'one' });
    for (const pause of [2_000, 5_000, 10_000]) {
      await vi.waitFor(() => expect(states()).toEqual(['waiting']));
      const before = requests.length;
      vi.advanceTimersByTime(pause - 1);
      expect(requests).toHaveLength(before);
      vi.advanceTimersByTime(1);
      await vi.waitFor(() => expect(requests).toHaveLength(before + 1));
    }
    await vi.waitFor(() => expect(states()).toEqual(['accepted']));
  });

  it('takes up once what an earlier page could not send', async () => {
    const before = page(['offline']);
    before.sender.add({ type: 'text', text: 'one' });
    await vi.waitFor(() => expect(before.states()).toEqual(['waiting']));
    const now = page([]);
    await Promise.all([now.sender.takeUp(), now.sender.takeUp()]);
    await vi.waitFor(() => expect(now.states()).toEqual(['accepted']));
    expect(now.requests).toEqual(before.requests);
  });

  it('keeps what was refused, with the server’s sentence, and lets the next one pass', async () => {
    const { sender, states, chat, requests } = page([400, 202, 202]);
    sender.add({ type: 'text', text: 'one' });
    sender.add({ type: 'text', text: 'two' });
    await vi.waitFor(() => expect(states()).toEqual(['failed', 'accepted']));
    expect(keptTexts()).toEqual(['one']);
    await sender.takeUp();
    const [failed] = chat().pending;
    expect(failed?.sentence).toBe('Please send it again.');
    if (failed !== undefined) sender.again(failed);
    await vi.waitFor(() => expect(states()).toEqual(['accepted', 'accepted']));
    expect(requests[2]?.id).toBe(requests[0]?.id);
    expect(requests).toHaveLength(3);
  });

  it.each<{ trouble: string; reply: Reply }>([
    { trouble: 'a gateway without an assistant behind it', reply: { status: 502, code: '' } },
    { trouble: 'a store that keeps nothing', reply: { status: 503, code: 'notKept' } },
    { trouble: 'a store that keeps no photo', reply: { status: 503, code: 'notReady' } },
  ])('goes on by itself after $trouble', async ({ reply }) => {
    const { sender, states, requests } = page([reply]);
    sender.add({ type: 'text', text: 'one' });
    await vi.waitFor(() => expect(states()).toEqual(['waiting']));
    vi.advanceTimersByTime(2_000);
    await vi.waitFor(() => expect(states()).toEqual(['accepted']));
    expect(requests[1]).toEqual(requests[0]);
  });

  it('shows no longer what the server had already, as its line is there', async () => {
    const { sender, states } = page([{ status: 202, code: 'known' }]);
    sender.add({ type: 'text', text: 'one' });
    expect(states()).toEqual(['sending']);
    await vi.waitFor(() => expect(states()).toEqual([]));
    expect(keptTexts()).toEqual([]);
  });

  it('waits as long as the server asks', async () => {
    const { sender, requests, states } = page([{ status: 429, code: 'tooFast', retryAfter: 30 }]);
    sender.add({ type: 'text', text: 'one' });
    await vi.waitFor(() => expect(states()).toEqual(['waiting']));
    vi.advanceTimersByTime(29_000);
    expect(requests).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    await vi.waitFor(() => expect(states()).toEqual(['accepted']));
  });

  it('opens a session anew when the server has forgotten it', async () => {
    const { sender, states, renewals } = page([401, 202]);
    sender.add({ type: 'text', text: 'one' });
    await vi.waitFor(() => expect(states()).toEqual(['accepted']));
    expect(renewals).toEqual([1]);
  });

  it('forgets what the person deletes, also while it waits', async () => {
    const { sender, states, chat, requests } = page(['offline']);
    sender.add({ type: 'text', text: 'one' });
    sender.add({ type: 'text', text: 'two' });
    await vi.waitFor(() => expect(states()).toEqual(['waiting', 'waiting']));
    sender.drop(chat().pending[0]?.id ?? '');
    await sender.go();
    expect(states()).toEqual(['accepted']);
    expect(requests.map((one) => one.text)).toEqual(['one', 'two']);
    expect(keptTexts()).toEqual([]);
  });
});
