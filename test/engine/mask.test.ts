import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { type Masked, Masker } from '../../src/engine/mask.ts';
import type { Tidied } from '../../src/evidence/contract.ts';

const covered = (of: string): Tidied => ({
  bytes: Buffer.from(`covered ${of}`),
  mime: 'image/png',
});

/** A masker whose drawer waits until the test says what came of it. */
function house() {
  const masks = new Map<string, { bytes: Uint8Array; mime: string }>();
  const drawing: { of: string; whose: string | undefined; end: (drawn: Tidied) => void }[] = [];
  const clock = { now: 0 };
  const warned: string[] = [];
  const masker = new Masker({
    store: {
      getBlob: async (blobId) =>
        blobId === 'gone' ? null : { bytes: Buffer.from(blobId), mime: 'image/jpeg' },
      getMaskedBlob: async (blobId) => masks.get(blobId) ?? null,
      putMaskedBlob: async (blobId, bytes, mime) => {
        if (blobId === 'full') throw new Error('the disk is full');
        masks.set(blobId, { bytes, mime });
      },
    },
    drawer: {
      mask: (bytes, whose) =>
        new Promise((end) => drawing.push({ of: Buffer.from(bytes).toString(), whose, end })),
    },
    log: pino({ level: 'warn' }, { write: (line: string) => void warned.push(line) }),
    now: () => clock.now,
  });
  /** Ends the drawing that is under way once it is this photo's. */
  const end = async (of: string, drawn: Tidied = covered(of)) => {
    await vi.waitFor(() => expect(drawing.at(-1)?.of).toBe(of));
    drawing.at(-1)?.end(drawn);
  };
  const becomes = (blobId: string, as: Masked['as']) =>
    vi.waitFor(async () => expect((await masker.masked(blobId)).as).toBe(as));
  return { masker, masks, drawing, clock, warned, end, becomes };
}

describe('a masked copy', () => {
  it('is made once, however many look, and kept', async () => {
    const { masker, drawing, end, becomes } = house();
    const looks = await Promise.all([masker.masked('a'), masker.masked('a'), masker.masked('a')]);
    expect(looks).toEqual([{ as: 'making' }, { as: 'making' }, { as: 'making' }]);
    await end('a');
    await becomes('a', 'ready');
    const { as, ...kept } = await masker.masked('a');
    expect(kept).toEqual(covered('a'));
    expect(drawing).toHaveLength(1);
  });

  it('is made one at a time, in turn with the persons whose photos are read', async () => {
    const { masker, drawing, end, becomes } = house();
    for (const blobId of ['a', 'b', 'c']) await masker.masked(blobId);
    await end('a');
    await end('b');
    await end('c');
    await becomes('c', 'ready');
    expect(drawing.map(({ of }) => of)).toEqual(['a', 'b', 'c']);
    expect(new Set(drawing.map(({ whose }) => whose)).size).toBe(1);
    expect(drawing[0]?.whose).toBeTruthy();
  });

  it('is made ahead of the first look, but after those that somebody looks at', async () => {
    const { masker, drawing, end, becomes } = house();
    masker.prepare(['a', 'b', 'c']);
    await vi.waitFor(() => expect(drawing).toHaveLength(1));
    await masker.masked('c');
    await end('a');
    await end('c');
    await end('b');
    await becomes('b', 'ready');
    expect(drawing.map(({ of }) => of)).toEqual(['a', 'c', 'b']);
    masker.prepare(['a']);
    expect((await masker.masked('a')).as).toBe('ready');
    expect(drawing).toHaveLength(3);
  });

  it.each<[string, Tidied]>([
    ['cannot be drawn', { refused: 'damaged' }],
    ['finds no reader', { failed: true }],
  ])('that %s rests for a minute and holds up no other', async (_name, drawn) => {
    const { masker, drawing, clock, end, becomes } = house();
    await masker.masked('a');
    await masker.masked('b');
    await end('a', drawn);
    await end('b');
    await becomes('b', 'ready');
    expect((await masker.masked('a')).as).toBe('failed');
    clock.now += 59_000;
    expect((await masker.masked('a')).as).toBe('failed');
    clock.now += 1000;
    expect((await masker.masked('a')).as).toBe('making');
    await end('a');
    await becomes('a', 'ready');
    expect(drawing).toHaveLength(3);
  });

  it('that cannot be kept is a failure too, and one of a photo that is gone is nothing', async () => {
    const { masker, drawing, end, becomes } = house();
    await masker.masked('full');
    await end('full');
    await becomes('full', 'failed');
    await masker.masked('gone');
    await masker.masked('a');
    await end('a');
    await becomes('a', 'ready');
    expect(drawing.map(({ of }) => of)).toEqual(['full', 'a']);
  });

  it('that a stop cuts off is no failure, and the next one is not begun', async () => {
    const { masker, drawing, warned, end } = house();
    masker.prepare(['a', 'b']);
    await vi.waitFor(() => expect(drawing).toHaveLength(1));
    const closed = masker.close();
    await end('a', { failed: true });
    await closed;
    expect(warned).toEqual([]);
    expect(drawing).toHaveLength(1);
  });
});
