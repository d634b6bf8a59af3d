import { existsSync, readFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Read } from '../../src/evidence/contract.ts';
import { createPhotoReader, type ReaderLimits } from '../../src/evidence/process.ts';

const log = pino({ level: 'silent' });
const scripted = new URL('./children/scripted.ts', import.meta.url);
const stillborn = new URL('./children/stillborn.ts', import.meta.url);
const failed: Read = { reading: { outcome: 'failed' } };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((reader) => reader.close()));
});

function start(limits: Partial<ReaderLimits> = {}, module = scripted) {
  const reader = createPhotoReader({ log, limits, module });
  open.push(reader);
  return reader;
}

/** Asks for an answer and tells which process gave it. */
async function pidOf(reading: Promise<Read>): Promise<number> {
  const { reading: answer } = await reading;
  if (answer.outcome !== 'read') throw new Error(`expected a reading, got ${answer.outcome}`);
  return answer.quality.width;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const echo = Buffer.from('e');

describe('the reading process', () => {
  it('is another process than the one that serves', async () => {
    const reader = start();
    const pid = await pidOf(reader.read(echo, null));
    expect(pid).not.toBe(process.pid);
    expect(pid).toBe(reader.pid());
  });

  it('gets next to nothing of the environment', async () => {
    process.env.SECRET_FOR_THIS_TEST = 'x';
    const { reading } = await start().read(echo, null);
    delete process.env.SECRET_FOR_THIS_TEST;
    expect(reading.outcome === 'read' && reading.quality.height).toBeLessThan(5);
  });

  it('cannot write files', async () => {
    const file = join(tmpdir(), `reader-child-${process.pid}`);
    expect(await start().read(Buffer.from(`w${file}`), null)).toEqual(failed);
    expect(existsSync(file)).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')(
    'may not have more memory than it needs, and waits for others to have the processor',
    async () => {
      const pid = await pidOf(start({ dataBytes: 1_500_000_512 }).read(echo, null));
      const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
      expect(/^Max data size\s+(\d+)/m.exec(limits)?.[1]).toBe('1500000256');
      expect(getPriority(pid)).toBeGreaterThan(getPriority(process.pid));
    },
  );

  it('is killed when a picture takes too long, and the next picture is read by a new one', async () => {
    const reader = start({ hardMs: 300 });
    const first = await pidOf(reader.read(echo, null));
    expect(await reader.read(Buffer.from('h'), null)).toEqual(failed);
    expect(alive(first)).toBe(false);
    expect(await pidOf(reader.read(echo, null))).not.toBe(first);
  });

  it('comes back by itself after a kill, before anybody asks', async () => {
    const reader = start({ hardMs: 300 });
    const first = await pidOf(reader.read(echo, null));
    await reader.read(Buffer.from('h'), null);
    await vi.waitFor(() => expect(reader.pid() ?? first).not.toBe(first));
  });

  it.skipIf(!existsSync('/proc/self/status'))(
    'is killed when it grows beyond its memory, long before its time is up',
    async () => {
      const warn = vi.fn();
      const reader = createPhotoReader({
        log: { info: vi.fn(), warn },
        limits: { memoryBytes: 400_000_000, memoryEveryMs: 10, hardMs: 60_000 },
        module: scripted,
      });
      open.push(reader);
      expect(await reader.read(Buffer.from('m'), null)).toEqual(failed);
      expect(warn.mock.calls[0]?.[0]).toEqual({ reason: 'memory' });
      expect(await pidOf(reader.read(echo, null))).toBeGreaterThan(0);
    },
  );

  it('is replaced when it dies over a picture', async () => {
    const reader = start();
    expect(await reader.read(Buffer.from('d'), null)).toEqual(failed);
    expect(await pidOf(reader.read(echo, null))).toBeGreaterThan(0);
  });

  it('is not believed when it answers nonsense', async () => {
    const reader = start();
    const first = await pidOf(reader.read(echo, null));
    expect(await reader.read(Buffer.from('l'), null)).toEqual(failed);
    expect(await pidOf(reader.read(echo, null))).not.toBe(first);
  });

  it('is replaced after its number of pictures', async () => {
    const reader = start({ pictures: 2 });
    const pids = [];
    for (let i = 0; i < 5; i++) pids.push(await pidOf(reader.read(echo, null)));
    expect(pids[0]).toBe(pids[1]);
    expect(pids[2]).not.toBe(pids[1]);
    expect(pids[2]).toBe(pids[3]);
    expect(new Set(pids).size).toBe(3);
  });

  it('answers "failed" when no process comes up, and is not started for ever', async () => {
    const reader = start({}, stillborn);
    expect(await reader.read(echo, null)).toEqual(failed);
    expect(await reader.tidy(echo)).toEqual({ failed: true });
    expect(reader.pid()).toBeNull();
  });

  it('is gone after close, and later pictures are answered at once', async () => {
    const reader = start();
    const pid = await pidOf(reader.read(echo, null));
    const hanging = reader.read(Buffer.from('h'), null);
    const waiting = reader.read(echo, null);
    await reader.close();
    expect(await hanging).toEqual(failed);
    expect(await waiting).toEqual(failed);
    expect(alive(pid)).toBe(false);
    expect(await reader.read(echo, null)).toEqual(failed);
  });
});

describe('the queue', () => {
  it('turns pictures away when it is full, and serves those that wait', async () => {
    const reader = start({ queue: 2 });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => reader.read(echo, null)));
    // One is under way, two wait.
    expect(answers.map((answer) => answer.reading.outcome)).toEqual([
      'read',
      'read',
      'read',
      'failed',
      'failed',
    ]);
  });

  it('bounds the bytes that wait, not only the pictures', async () => {
    const reader = start({ queueBytes: 1500 });
    const picture = Buffer.alloc(1000, 'e');
    const answers = await Promise.all([1, 2, 3].map(() => reader.read(picture, null)));
    expect(answers.map((answer) => answer.reading.outcome)).toEqual(['read', 'read', 'failed']);
  });

  it('gives up a picture that waited too long', async () => {
    const reader = start({ hardMs: 300, waitMs: 100 });
    const [, late] = await Promise.all([
      reader.read(Buffer.from('h'), null),
      reader.read(echo, null),
    ]);
    expect(late).toEqual(failed);
  });

  it('lets persons take turns, and tells how many wait', async () => {
    const reader = start();
    const order: string[] = [];
    const read = (name: string, whose: string) =>
      reader.read(echo, null, whose).then(() => order.push(name));
    const all = Promise.all([
      ...['an 1', 'an 2', 'an 3'].map((name) => read(name, 'an')),
      read('binh 1', 'binh'),
    ]);
    expect(reader.load()).toMatchObject({ waiting: 3, people: 2 });
    await all;
    expect(order).toEqual(['an 1', 'an 2', 'binh 1', 'an 3']);
    expect(reader.load()).toEqual({ waiting: 0, people: 0, oldestMs: 0 });
  });

  it('keeps photos before it reads further ones', async () => {
    const reader = start();
    const order: string[] = [];
    await Promise.all([
      reader.read(echo, null).then(() => order.push('read 1')),
      reader.read(echo, null).then(() => order.push('read 2')),
      reader.tidy(echo).then(() => order.push('tidy')),
    ]);
    expect(order).toEqual(['read 1', 'tidy', 'read 2']);
  });

  it('refuses a file over the byte limit without asking the process', async () => {
    const reader = start({}, stillborn);
    const large = Buffer.alloc(15 * 1024 * 1024 + 1);
    expect(await reader.read(large, null)).toEqual({
      reading: { outcome: 'refused', why: 'tooLarge' },
    });
    expect(await reader.tidy(large)).toEqual({ refused: 'tooLarge' });
  });
});
