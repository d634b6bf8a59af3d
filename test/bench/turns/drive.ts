import type { Event } from '../../../src/dialogue/event.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { seeded } from '../../pictures/random.ts';

/** Eight messages that lead in a circle, so that a conversation can be held for ever. */
export const SCRIPT = [
  'mạng khác',
  'D12345678',
  'trợ giúp',
  'quay lại',
  'D12345678',
  'trạng thái',
  'sửa mạng',
  'English',
];

export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Holds `turns` turns, `inFlight` at a time, each with another of `count` stored conversations. */
export async function drive(
  engine: Engine,
  options: { count: number; turns: number; inFlight: number; seed: number; chats?: string },
): Promise<Measured> {
  const { count, turns, inFlight, seed, chats = 'stored-' } = options;
  const random = seeded(seed);
  const places = new Map<number, number>();
  const busy = new Set<number>();
  const took: number[] = [];
  let begun = 0;
  const pick = (): number => {
    for (;;) {
      const chat = 1 + Math.floor(random() * count);
      if (!busy.has(chat)) return chat;
    }
  };
  const lane = async () => {
    while (begun < turns) {
      begun += 1;
      const chat = pick();
      busy.add(chat);
      const place = places.get(chat) ?? 0;
      places.set(chat, place + 1);
      const event: Event = {
        eventId: `${chats}${seed}-${inFlight}-${begun}`,
        at: Date.now(),
        channel: 'web',
        chatId: `${chats}${chat}`,
        type: 'text',
        text: SCRIPT[place % SCRIPT.length] ?? '',
      };
      const from = performance.now();
      await engine.accept(event);
      took.push(performance.now() - from);
      busy.delete(chat);
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - from) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor((took.length - 1) * share)] ?? 0;
  return { perSecond: turns / seconds, p50: at(0.5), p99: at(0.99) };
}

/** One line of the table. */
export function row(name: string, { perSecond, p50, p99 }: Measured): string {
  const [rate, median, high] = [perSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2)];
  return `${name.padEnd(34)}${rate.padStart(9)}/s   p50 ${median.padStart(7)} ms   p99 ${high.padStart(7)} ms`;
}
