import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Action, EMPTY, step } from '../../../src/web/chat/conversation.ts';
import { Sender } from '../../../src/web/chat/sender.ts';
import { unsent } from '../../../src/web/chat/unsent.ts';

/** Answers of the server in order; `offline` is a request that never arrived. */
type Reply = number | 'offline';

function page(replies: Reply[]) {
  const requests: { id: string; text: string }[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: { body: string }) => {
    requests.push(JSON.parse(init.body));
    const reply = replies.shift() ?? 202;
    if (reply === 'offline') throw new TypeError('Failed to fetch');
    const body = { error: { code: 'x', message: 'Please send it again.' } };
    return new Response(JSON.stringify(body), { status: reply });
  });
  let chat = EMPTY;
  const dispatch = (action: Action) => {
    chat = step(chat, action);
  };
  const renewals: number[] = [];
  const renew = async () => renewals.push(requests.length) > 0;
  const sender = new Sender(dispatch, renew, () => 'en');
  const states = () => chat.pending.map((one) => one.state);
  return { sender, requests, renewals, states, chat: () => chat };
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

describe('sending', () => {
  it('keeps the order of writing and remembers a text until it is kept', async () => {
    const { sender, requests, states } = page([]);
    sender.add({ type: 'text', text: 'one' });
    sender.add({ type: 'text', text: 'two' });
    expect(unsent().map((one) => one.text)).toEqual(['one', 'two']);
    await vi.waitFor(() => expect(states()).toEqual(['accepted', 'accepted']));
    expect(requests.map((one) => one.text)).toEqual(['one', 'two']);
    expect(unsent()).toEqual([]);
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

  it('takes up what an earlier page could not send', async () => {
    const before = page(['offline']);
    before.sender.add({ type: 'text', text: 'one' });
    await vi.waitFor(() => expect(before.states()).toEqual(['waiting']));
    const now = page([]);
    now.sender.takeUp();
    now.sender.takeUp();
    await vi.waitFor(() => expect(now.states()).toEqual(['accepted']));
    expect(now.requests).toEqual(before.requests);
  });

  it('marks what was refused with the server’s sentence and lets the next one pass', async () => {
    const { sender, states, chat, requests } = page([503, 202, 202]);
    sender.add({ type: 'text', text: 'one' });
    sender.add({ type: 'text', text: 'two' });
    await vi.waitFor(() => expect(states()).toEqual(['failed', 'accepted']));
    const [failed] = chat().pending;
    expect(failed?.sentence).toBe('Please send it again.');
    if (failed !== undefined) sender.again(failed);
    await vi.waitFor(() => expect(states()).toEqual(['accepted', 'accepted']));
    expect(requests[2]?.id).toBe(requests[0]?.id);
  });

  it('opens a session anew when the server has forgotten it', async () => {
    const { sender, states, renewals } = page([401, 202]);
    sender.add({ type: 'text', text: 'one' });
    await vi.waitFor(() => expect(states()).toEqual(['accepted']));
    expect(renewals).toEqual([1]);
  });

  it('forgets what the person deletes', async () => {
    const { sender, states, chat } = page([400]);
    sender.add({ type: 'text', text: 'one' });
    await vi.waitFor(() => expect(states()).toEqual(['failed']));
    sender.drop(chat().pending[0]?.id ?? '');
    expect([states(), unsent()]).toEqual([[], []]);
  });
});
