import { describe, expect, it, vi } from 'vitest';
import { LoneChannel, startPlatform } from './lone-channel.ts';
import { Person } from './person.ts';

const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 3_000, interval: 10 });
const texts = ({ events }: LoneChannel) =>
  events.map((event) => (event.type === 'text' ? event.text : ''));

describe('asking Zalo for updates', () => {
  it('says at its start that it is for trials, and why', async () => {
    const lone = new LoneChannel(await startPlatform());
    await lone.channel.start();
    expect(lone.complaints).toEqual([expect.stringContaining('for trials only')]);
  });

  it('takes one after the other, and nothing new is nothing wrong', async () => {
    const platform = await startPlatform();
    const lone = new LoneChannel(platform, { pauses: { poll: 0 } });
    await lone.channel.start();
    await soon(() => {
      const empty = platform.calls.filter(({ answered }) => answered === 408);
      expect(empty.length).toBeGreaterThan(2);
    });
    const minh = new Person(platform);
    for (const text of ['một', 'hai', 'ba']) minh.writes(text);
    await soon(() => expect(texts(lone)).toEqual(['một', 'hai', 'ba']));
    expect(lone.complaints).toHaveLength(1);
  });

  it('keeps trying what could not be kept, for it never comes again, before it asks for more', async () => {
    const platform = await startPlatform();
    const lone = new LoneChannel(platform);
    let refusals = 3;
    lone.accept = async () => {
      if (refusals-- > 0) throw new Error('full');
    };
    const minh = new Person(platform);
    for (const text of ['một', 'hai']) minh.writes(text);
    await lone.channel.start();
    await soon(() => expect(texts(lone)).toEqual(['một', 'hai']));
  });

  it('says so when something is lost by a stop', async () => {
    const platform = await startPlatform();
    const lone = new LoneChannel(platform);
    const accept = vi.fn(async () => {
      throw new Error('full');
    });
    lone.accept = accept;
    new Person(platform).writes('một');
    await lone.channel.start();
    await soon(() => expect(accept).toHaveBeenCalled());
    await lone.channel.stop();
    expect(lone.complaints.at(-1)).toContain('is lost');
  });

  it('takes a webhook away that is still in force, or it would hear nothing', async () => {
    const platform = await startPlatform();
    platform.updates.setWebhook({ url: 'https://old.example.vn/x', secret: 'x' });
    const lone = new LoneChannel(platform);
    await lone.channel.start();
    new Person(platform).writes('xin chào');
    await soon(() => expect(lone.events).toHaveLength(1));
  });

  it('tells the operator of a webhook that somebody sets meanwhile, once, and leaves it', async () => {
    const platform = await startPlatform();
    const lone = new LoneChannel(platform, { pauses: { poll: 0, silence: 50 } });
    await lone.channel.start();
    await soon(() => expect(platform.calls.length).toBeGreaterThan(1));
    platform.updates.setWebhook({ url: 'https://other.example.vn/x', secret: 'x' });
    await soon(() => expect(lone.complaints.join()).toContain('a webhook elsewhere'));
    const looks = () => platform.calls.filter(({ method }) => method === 'getWebhookInfo').length;
    const before = looks();
    await soon(() => expect(looks()).toBeGreaterThan(before + 1));
    expect(lone.complaints.filter((line) => line.includes('elsewhere'))).toHaveLength(1);
    expect(platform.updates.webhook).not.toBeNull();
    platform.updates.setWebhook(null);
    await soon(() => expect(lone.logged.at(-1)?.msg).toBe('Zalo works again'));
  });

  it.each([
    ['an answer', ''],
    ['a page', '/elsewhere'],
  ])('tells the operator of a wrong token once, told by %s, and keeps on trying', async (_, at) => {
    const platform = await startPlatform();
    const token = '12345678:not-the-token-of-this-bot';
    const lone = new LoneChannel(platform, { token, apiRoot: platform.root + at });
    await lone.channel.start();
    const wrong = () => lone.complaints.filter((line) => line.includes('Zalo Bot Manager'));
    await soon(() => expect(wrong()).toHaveLength(1));
    await new Promise((turn) => setTimeout(turn, 150));
    expect(wrong()).toHaveLength(1);
    expect(JSON.stringify(lone.logged)).not.toContain('not-the-token');
  });

  it('goes on after Zalo was out of reach', async () => {
    const platform = await startPlatform();
    for (let i = 0; i < 3; i += 1) platform.next('getUpdates', { breaks: 'before' });
    const lone = new LoneChannel(platform);
    new Person(platform).writes('xin chào');
    await lone.channel.start();
    await soon(() => expect(lone.events).toHaveLength(1));
    expect(lone.complaints).toHaveLength(2);
    await soon(() => expect(lone.logged.at(-1)?.msg).toBe('Zalo works again'));
  });

  it('is well again as soon as Zalo answers, though it has nothing to tell', async () => {
    const platform = await startPlatform();
    platform.next('getUpdates', { page: 502 });
    const lone = new LoneChannel(platform, { pauses: { poll: 0 } });
    await lone.channel.start();
    await soon(() => expect(lone.logged.at(-1)?.msg).toBe('Zalo works again'));
  });
});
