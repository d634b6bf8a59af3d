import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Assistant } from '../e2e/assistant.ts';
import { STEADY } from './luck.ts';
import { ScriptedInstaller } from './scripted-installer.ts';

describe('an assistant that is told to stop', () => {
  it('finishes what it holds, soon, and has it when it starts again', async () => {
    const assistant = await Assistant.begin();
    onTestFinished(() => assistant.remove());
    const people = Array.from(
      { length: 8 },
      (_, index) => new ScriptedInstaller(() => assistant.url, `10.0.0.${index}`, STEADY),
    );
    for (const person of people) await person.open();
    // As a browser does, ahead of a request that never comes.
    const ahead = connect(Number(new URL(assistant.url).port), '127.0.0.1');
    await once(ahead, 'connect');
    onTestFinished(() => void ahead.destroy());
    const ended = assistant.ended;

    let stopped: Promise<number | null> | null = null;
    const begun = performance.now();
    const acknowledged = await Promise.all(
      people.map(async (person) => {
        const kept: string[] = [];
        for (let index = 0; ; index += 1) {
          if (index === 5) stopped ??= assistant.stop();
          const body = JSON.stringify({ id: crypto.randomUUID(), type: 'text', text: `${index}` });
          const answer = await person
            .request('/api/chat/events', { headers: { 'content-type': 'application/json' }, body })
            .catch(() => null);
          if (answer?.status !== 202) return kept;
          kept.push(`${index}`);
        }
      }),
    );
    expect(await stopped).toBe(0);
    await ended;
    expect(performance.now() - begun).toBeLessThan(15_000);

    await assistant.start();
    for (const [index, person] of people.entries()) {
      const lines = await person.lines();
      const heard = lines.filter(({ author }) => author === 'installer').map((l) => l.shown.text);
      expect(acknowledged[index]?.length).toBeGreaterThanOrEqual(1);
      // What was kept and not answered any more may be there as well.
      expect(heard.slice(0, acknowledged[index]?.length)).toEqual(acknowledged[index]);
      expect(heard.length - (acknowledged[index]?.length ?? 0)).toBeLessThanOrEqual(1);
    }
    expect(assistant.printed).not.toContain('the last stop was not a clean one');
    expect(await assistant.stop()).toBe(0);
  }, 60_000);

  it('says what to do when its port is taken, and that is not taken for a crash', async () => {
    const assistant = await Assistant.begin();
    onTestFinished(() => assistant.remove());
    const port = Number(new URL(assistant.url).port);
    expect(await assistant.stop()).toBe(0);
    const other = createServer();
    await once(other.listen(port, '127.0.0.1'), 'listening');

    await expect(assistant.start()).rejects.toThrow(/ended with 1:.*is taken by another program/s);
    await new Promise((closed) => other.close(closed));
    await assistant.start();
    expect(assistant.printed).not.toContain('the last stop was not a clean one');
  }, 60_000);
});
