import { describe, expect, it, vi } from 'vitest';
import type { AttachedFile, EventOf } from '../../src/dialogue/event.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { sadpA, sadpB } from '../conversations/strings.ts';
import { wordsOf } from '../e2e/sentences.ts';
import { EngineHouse } from './house.ts';

const vn = (key: string) => wordsOf('vi', key);
const quality = { width: 1200, height: 900, sharpness: 100, brightness: 120, contrast: 50 };
const reading: Reading = {
  outcome: 'read',
  serials: [{ short: 'D12345678', by: 'qrCode', confidence: 1, anchored: true }],
  shareQr: false,
  quality,
};

/** Bytes that begin as a JPEG does. */
const picture = (name: string) =>
  Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.from(name)]);

async function build(): Promise<EngineHouse> {
  const house = await EngineHouse.build();
  house.reader = async () => ({ reading });
  await house.text('mạng khác');
  return house;
}

function attach(
  house: EngineHouse,
  files: AttachedFile[],
  more: Partial<EventOf<'attached'>> = {},
): Promise<unknown> {
  return house.engine.accept({ ...house.base(), type: 'attached', files, ...more });
}

const photo = (ref: string): AttachedFile => ({ ref, kind: 'photo' });
const heard = async (house: EngineHouse) =>
  (await house.lines()).filter((line) => line.author === 'installer').slice(1);

describe('files that came without their bytes', () => {
  it('are fetched, kept as the reader leaves them, and answered', async () => {
    const house = await build();
    house.platform.files.set('a', [{ as: 'bytes', bytes: picture('a') }]);
    house.tidy = async () => ({ bytes: Buffer.from('tidied'), mime: 'image/jpeg' });
    await attach(house, [photo('a')]);
    await vi.waitFor(() => expect(house.platform.delivered.join()).toContain('D12345678'));
    const [line] = await heard(house);
    const kept = await house.store.getBlob(line?.blobIds[0] ?? '');
    expect(Buffer.from(kept?.bytes ?? [])).toEqual(Buffer.from('tidied'));
  });

  it('of an album wait for each other, and are one message with one answer', async () => {
    const house = await build();
    let reads = 0;
    house.reader = async () => {
      reads += 1;
      return { reading };
    };
    for (const ref of ['a', 'b', 'c']) {
      house.platform.files.set(ref, [{ as: 'bytes', bytes: picture(ref) }]);
    }
    await attach(house, [photo('a')], { album: 'x', caption: 'tem đây' });
    await attach(house, [photo('b')], { album: 'x' });
    await attach(house, [photo('c')], { album: 'x' });
    await new Promise((turn) => setTimeout(turn, 1_200));
    expect(reads).toBe(0);
    house.now += 2_000;
    await vi.waitFor(() => expect(reads).toBe(3), 5_000);
    const [line, ...more] = await heard(house);
    expect(line).toMatchObject({ shown: { text: 'tem đây' } });
    expect(line?.blobIds).toHaveLength(3);
    expect(more).toEqual([]);
  });

  it('of an album are fetched although the process stopped while they were coming', async () => {
    const house = await build();
    house.platform.files.set('a', [{ as: 'bytes', bytes: picture('a') }]);
    await attach(house, [photo('a')], { album: 'x' });
    await house.close();
    house.now += 2_000;
    await house.open();
    await vi.waitFor(() => expect(house.platform.delivered.join()).toContain('D12345678'), 5_000);
  });

  it('are what their bytes say, whatever the platform calls them', async () => {
    const house = await build();
    house.platform.files.set('picture', [{ as: 'bytes', bytes: picture('x') }]);
    house.platform.files.set('string', [{ as: 'bytes', bytes: Buffer.from(sadpB()) }]);
    await attach(house, [{ ref: 'picture', kind: 'file', name: 'scan.dat' }]);
    await vi.waitFor(() => expect(house.platform.delivered.join()).toContain('D12345678'));
    await attach(house, [{ ref: 'string', kind: 'file', name: '../[D12345678].xml' }]);
    const taken = vn('sadpString.taken');
    await vi.waitFor(() => expect(house.platform.delivered.join()).toContain(taken));
    const text = JSON.stringify(await house.lines());
    expect(text).not.toContain(sadpB().slice(0, 30));
    expect(text).not.toContain('../');
  });

  it('are asked for again while they may come, and given up in the end', async () => {
    const house = await build();
    const later = { as: 'transient' as const, why: 'busy' };
    house.platform.files.set('a', [later, later, { as: 'bytes', bytes: picture('a') }]);
    house.platform.files.set('b', [later]);
    await attach(house, [photo('a')]);
    const pass = async (text: string) => {
      await vi.waitFor(
        () => {
          house.now += 5_000;
          expect(house.platform.delivered.join()).toContain(text);
        },
        { timeout: 15_000, interval: 500 },
      );
    };
    await pass('D12345678');
    await attach(house, [photo('b')]);
    await pass(vn('unsupported.notArrived'));
    const due = await house.store.dueEffects(house.now + 1e9, 10);
    expect(due.map(({ effect }) => effect.kind)).not.toContain('fetch');
  }, 40_000);

  it('that are missing from a set are named beside those that came', async () => {
    const house = await build();
    house.platform.files.set('a', [{ as: 'bytes', bytes: picture('a') }]);
    house.platform.files.set('b', [{ as: 'tooLarge' }]);
    await attach(house, [photo('a'), photo('b')]);
    const told = vn('unsupported.photoTooLarge');
    await vi.waitFor(() => expect(house.platform.delivered.join()).toContain(told));
    await vi.waitFor(() => expect(house.platform.delivered.join()).toContain('D12345678'));
  });

  it('are never kept as they came while the reader is down', async () => {
    const house = await build();
    house.platform.files.set('a', [{ as: 'bytes', bytes: picture('a') }]);
    const kept = vi.spyOn(house.store, 'putBlob');
    house.tidy = async () => ({ failed: true });
    await attach(house, [photo('a')]);
    await new Promise((turn) => setTimeout(turn, 200));
    expect(kept).not.toHaveBeenCalled();
    house.tidy = async (bytes) => ({ bytes, mime: 'image/jpeg' });
    house.now += 10_000;
    await vi.waitFor(() => expect(kept).toHaveBeenCalled(), 5_000);
  });

  it('leave no string of their caption in what waits for them', async () => {
    const house = await build();
    house.platform.files.set('a', [{ as: 'transient', why: 'busy' }]);
    await attach(house, [photo('a')], { caption: sadpA(), album: 'x' });
    await attach(house, [photo('a')], { caption: sadpA() });
    await new Promise((turn) => setTimeout(turn, 100));
    const waiting = await house.store.dueEffects(house.now + 1e9, 10);
    expect(waiting.map(({ effect }) => effect.kind)).toContain('fetch');
    const [row] = await house.store.conversationsForDesk(1);
    const stored = JSON.stringify([waiting, row, await house.lines()]);
    expect(stored).not.toContain(sadpA().slice(0, 30));
    await vi.waitFor(() =>
      expect(house.platform.delivered.join()).toContain(vn('sadpString.taken')),
    );
  });
});
