import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { sadpA } from '../conversations/strings.ts';
import { calendar, settings, words } from '../conversations/world.ts';
import { EngineHouse } from '../engine/house.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OPEN = 'Văn phòng đã mở cửa';
const AFRESH = 'Sắp đến giờ mở cửa';
const UNFINISHED = 'còn dở ở bước';

const vietnam = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+07:00`);

/** The real engine, whose ticks run each second, at a time of the test's choosing. */
async function houseAt(time: string): Promise<EngineHouse> {
  const house = await EngineHouse.build();
  house.now = vietnam(time);
  house.reader = async () => ({
    reading: {
      outcome: 'read',
      serials: [{ short: 'D12345678', by: 'qrCode', confidence: 1, anchored: true }],
      shareQr: false,
      quality: { width: 1200, height: 900, sharpness: 100, brightness: 120, contrast: 50 },
    },
  });
  return house;
}

const said = ({ platform }: EngineHouse, piece: string) =>
  platform.delivered.filter((text) => text.includes(piece)).length;

async function hears(house: EngineHouse, piece: string): Promise<void> {
  await expect.poll(() => said(house, piece), { timeout: 15_000 }).toBeGreaterThan(0);
}

/** Sends a case of another network, with a string. */
async function sendsCase(house: EngineHouse): Promise<void> {
  await house.text('khác');
  await house.text('D12345678');
  const blobId = await house.store.putBlob(Buffer.from('x'), 'image/jpeg');
  await house.engine.accept({ ...house.base(), type: 'photos', blobIds: [blobId] });
  await hears(house, 'chuỗi SADP');
  await house.text(sadpA());
  await house.text('đồng ý');
  await house.text('gửi hồ sơ');
  await hears(house, 'UB-000001');
}

/** Another process over the same store: its own intake, worker and ticks. */
async function another(house: EngineHouse): Promise<Engine> {
  const nothing = async () => {
    throw new Error('The first process does the work.');
  };
  const engine = await createEngine({
    store: house.store,
    words,
    flows: house.flows,
    office: { snapshot: () => ({ calendar, settings }) },
    channels: new Map([['telegram' as const, house.platform]]),
    performers: {
      fetch: nothing,
      read: nothing,
      submit: nothing,
      apply: nothing,
      share: nothing,
      timeline: nothing,
      pair: nothing,
      erase: nothing,
    },
    log: pino({ level: 'silent' }),
    now: () => house.now,
  });
  onTestFinished(() => engine.stop());
  return engine;
}

/** Rings what is due at both, as two ticks at the same moment would. */
async function bothRing(house: EngineHouse, engines: Engine[]): Promise<string[]> {
  const due = await house.store.dueTimers(house.now, 100);
  const outcomes = await Promise.all(
    due.flatMap(({ timerId, dueAt, timer, channel, chatId }) =>
      engines.map((engine) =>
        engine.accept({
          eventId: `timer:${timerId}:${dueAt}`,
          at: Math.max(house.now, dueAt),
          channel,
          chatId,
          type: 'timerFired',
          timer,
        }),
      ),
    ),
  );
  return outcomes.map(({ outcome }) => outcome);
}

/** When all that is due has rung. */
const settled = (house: EngineHouse) =>
  expect
    .poll(async () => (await house.store.dueTimers(house.now, 100)).length, { timeout: 15_000 })
    .toBe(0);

describe('a reminder is told once', () => {
  it('at opening, after a stop across it, by an assistant that was started again', async () => {
    const house = await houseAt('2026-11-25 18:00');
    await sendsCase(house);
    await house.close();
    house.now = vietnam('2026-11-26 09:15');
    await house.open();
    await hears(house, OPEN);
    await house.close();
    await house.open();
    await settled(house);
    house.now += HOUR;
    await house.text('trạng thái');
    await settled(house);
    expect(said(house, OPEN)).toBe(1);
  }, 60_000);

  it('by two processes that tick at the same moment', async () => {
    const house = await houseAt('2026-11-25 18:00');
    await sendsCase(house);
    const second = await another(house);
    house.now = vietnam('2026-11-26 08:30') + 1000;
    const outcomes = [
      ...(await bothRing(house, [house.engine, second])),
      ...(await bothRing(house, [second, house.engine])),
    ];
    expect(outcomes.filter((outcome) => outcome === 'done').length).toBeLessThanOrEqual(1);
    await hears(house, OPEN);
    await settled(house);
    const lines = await house.lines();
    expect(lines.filter(({ shown }) => shown.text.includes(OPEN))).toHaveLength(1);
    expect(said(house, OPEN)).toBe(1);
  }, 60_000);

  it('when the clock jumps ahead, back, and ahead again', async () => {
    const house = await houseAt('2026-11-25 18:00');
    await sendsCase(house);
    house.now = vietnam('2026-11-26 08:31');
    await hears(house, OPEN);
    house.now = vietnam('2026-11-25 18:30');
    await house.text('trạng thái');
    await settled(house);
    house.now = vietnam('2026-11-26 08:32');
    await house.text('trạng thái');
    await settled(house);
    expect(said(house, OPEN)).toBe(1);
  }, 60_000);

  it('before opening, of a string that goes stale over Sunday, and then of the opening', async () => {
    const house = await houseAt('2026-11-28 17:40');
    await sendsCase(house);
    house.now = vietnam('2026-11-30 08:00') + 1000;
    await hears(house, AFRESH);
    expect(said(house, OPEN)).toBe(0);
    house.now = vietnam('2026-11-30 08:30') + 1000;
    await hears(house, OPEN);
    await settled(house);
    expect(said(house, AFRESH)).toBe(1);
    expect(said(house, OPEN)).toBe(1);
  }, 60_000);

  it('of an unfinished case: twice at most, in waking hours, however long nothing comes', async () => {
    const house = await houseAt('2026-11-25 20:30');
    await house.text('khác');
    await house.text('D12345678');
    for (const [time, times] of [
      ['2026-11-25 22:00', 0],
      ['2026-11-26 07:29', 0],
      ['2026-11-26 07:31', 1],
      ['2026-11-26 21:30', 1],
      ['2026-11-27 07:31', 2],
      ['2026-12-05 12:00', 2],
    ] as const) {
      house.now = vietnam(time);
      await settled(house);
      await expect.poll(() => said(house, UNFINISHED), { timeout: 15_000 }).toBe(times);
    }
  }, 90_000);
});
