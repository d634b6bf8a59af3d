import { describe, expect, it, vi } from 'vitest';
import { LoneChannel, startServer } from './lone-channel.ts';
import { Person } from './person.ts';

const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 3_000, interval: 10 });
const quiet = () => new Promise((turn) => setTimeout(turn, 150));

describe('asking Telegram for updates', () => {
  it('confirms an update only after its turn is committed', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    const commits: (() => void)[] = [];
    lone.accept = () => new Promise<void>((done) => commits.push(done));
    await lone.channel.start();
    new Person(server).writes('xin chào');
    await soon(() => expect(commits).toHaveLength(1));
    await quiet();
    expect(server.updates.unconfirmed).toBe(1);
    commits[0]?.();
    await soon(() => expect(server.updates.unconfirmed).toBe(0));
    expect(lone.events).toHaveLength(1);
  });

  it('asks again for what was not kept, and confirms none that came with it', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    let refusals = 3;
    lone.accept = async (event) => {
      if (event.type === 'text' && event.text === 'hai' && refusals-- > 0) throw new Error('full');
    };
    const minh = new Person(server);
    for (const text of ['một', 'hai', 'ba']) minh.writes(text);
    await lone.channel.start();
    await soon(() => expect(server.updates.unconfirmed).toBe(0));
    const texts = lone.events.map((event) => (event.type === 'text' ? event.text : ''));
    expect(texts.filter((text) => text === 'hai')).toHaveLength(1);
    expect(texts.filter((text) => text === 'một')).toHaveLength(4);
  });

  it('confirms at its stop what it has taken', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    await lone.channel.start();
    new Person(server).writes('xin chào');
    await soon(() => expect(lone.events).toHaveLength(1));
    await lone.channel.stop();
    expect(server.updates.unconfirmed).toBe(0);
  });

  it('leaves out an update of a shape nobody knows, and goes on', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    server.updates.add({ message: { message_id: 'not a number', chat: {} } });
    new Person(server).writes('xin chào');
    await lone.channel.start();
    await soon(() => expect(server.updates.unconfirmed).toBe(0));
    expect(lone.events).toHaveLength(1);
    expect(lone.complaints.join()).toContain('left out');
  });

  it('takes a webhook away that is still in force, and says from whom', async () => {
    const server = await startServer();
    server.updates.setWebhook({ url: 'https://old.example/0f3a', secret: 'x', allowed: null });
    const lone = new LoneChannel(server);
    await lone.channel.start();
    new Person(server).writes('xin chào');
    await soon(() => expect(lone.events).toHaveLength(1));
    expect(lone.complaints).toEqual([expect.stringContaining('to another address until now')]);
    expect(JSON.stringify(lone.logged)).toContain('old.example');
    expect(JSON.stringify(lone.logged)).not.toContain('0f3a');
  });

  it('tells the operator as whom it answers', async () => {
    const lone = new LoneChannel(await startServer());
    await lone.channel.start();
    const told = () => lone.logged.map(({ msg }) => msg);
    await soon(() => expect(told()).toContain('Telegram answers as @go_lien_ket_bot'));
  });

  it('tells the operator of a wrong token once, in one sentence, and keeps on trying', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server, { token: '123456789:AA-not-the-token-of-this-bot' });
    await lone.channel.start();
    await quiet();
    expect(lone.complaints.filter((line) => line.includes('@BotFather'))).toHaveLength(1);
    expect(JSON.stringify(lone.logged)).not.toContain('AA-not-the-token');
  });

  it('tells the operator of a second poller, and goes on when that one has stopped', async () => {
    const server = await startServer();
    const first = new LoneChannel(server);
    const second = new LoneChannel(server);
    await first.channel.start();
    await quiet();
    await second.channel.start();
    await soon(() => {
      const told = [...first.complaints, ...second.complaints];
      expect(told.some((line) => line.includes('Another program'))).toBe(true);
    });
    await second.channel.stop();
    new Person(server).writes('xin chào');
    await soon(() => expect(first.events.length + second.events.length).toBe(1));
    await soon(() => expect(server.updates.unconfirmed).toBe(0));
  });

  it('waits as long as Telegram asks it to', async () => {
    const server = await startServer();
    server.next('getUpdates', { answers: 429, description: 'Too Many Requests', retryAfter: 1 });
    const lone = new LoneChannel(server);
    new Person(server).writes('xin chào');
    const begun = performance.now();
    await lone.channel.start();
    await soon(() => expect(lone.events).toHaveLength(1));
    expect(performance.now() - begun).toBeGreaterThan(950);
  });

  it('goes on after Telegram was out of reach', async () => {
    const server = await startServer();
    for (let i = 0; i < 3; i += 1) server.next('getUpdates', { breaks: 'before' });
    const lone = new LoneChannel(server);
    new Person(server).writes('xin chào');
    await lone.channel.start();
    await soon(() => expect(lone.events).toHaveLength(1));
    expect(lone.complaints).toHaveLength(1);
    const told = () => lone.logged.map(({ msg }) => msg);
    await soon(() => expect(told()).toContain('Telegram works again'));
  });

  it('asks only while it has the lease, and complains of nobody who asks instead', async () => {
    const server = await startServer();
    const first = new LoneChannel(server);
    const second = new LoneChannel(server);
    second.hasLease = false;
    await first.channel.start();
    await second.channel.start();
    const minh = new Person(server);
    minh.writes('một');
    await soon(() => expect(first.events).toHaveLength(1));
    // As when the first one stood still: the second asks while a poll of the first is under way.
    first.hasLease = false;
    second.hasLease = true;
    minh.writes('hai');
    await soon(() => expect(server.updates.unconfirmed).toBe(0));
    minh.writes('ba');
    await soon(() => expect(second.events.length + first.events.length).toBe(3));
    await soon(() => expect(server.updates.unconfirmed).toBe(0));
    await first.channel.stop();
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    expect(server.updates.conflicts).toBeLessThanOrEqual(1);
  });
});
