import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { onTestFinished, vi } from 'vitest';
import type { Event } from '../../src/dialogue/event.ts';
import type { LanScan } from '../../src/domain/lan-scan.ts';
import { createPairingRoutes } from '../../src/pairing/pairing.ts';
import { createServer } from '../../src/server/server.ts';
import { scanOf } from '../conversations/scans.ts';
import { EngineHouse } from '../engine/house.ts';

interface Given {
  publicUrl?: string;
  perMinute?: number;
  program?: string;
}

/** The real engine, store and server, with the scanner's routes. */
export class PairingHouse {
  readonly engine: EngineHouse;
  readonly app: FastifyInstance;
  /** Everything logged. */
  readonly logged: readonly string[];
  /** Set to keep the next lists from being committed. */
  down = false;

  private constructor(engine: EngineHouse, app: FastifyInstance, logged: readonly string[]) {
    this.engine = engine;
    this.app = app;
    this.logged = logged;
  }

  static async build({ publicUrl, ...given }: Given = {}): Promise<PairingHouse> {
    const engine = await EngineHouse.build();
    const logged: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
    const routes = createPairingRoutes({
      store: { claimPairing: (...asked) => engine.store.claimPairing(...asked) },
      accept: async (event: Event) => {
        if (house.down) throw new Error('the disk is full');
        return engine.engine.accept(event);
      },
      publicUrl: publicUrl ?? null,
      now: () => engine.now,
      ...given,
    });
    const config = { publicUrl: publicUrl ?? null };
    const app = await createServer({ config, log, ready: () => true, routes: [routes] });
    const house: PairingHouse = new PairingHouse(engine, app, logged);
    onTestFinished(() => app.close());
    return house;
  }

  /** Somebody on the LAN path asks for a code, and gets it. */
  async code(chatId: string): Promise<string> {
    const { engine } = this;
    const before = await this.said(chatId);
    for (const text of before.length === 0 ? ['lan', 'quét mạng'] : ['quét mạng']) {
      await engine.engine.accept({ ...engine.base(), chatId, type: 'text', text });
    }
    const told = await vi.waitFor(async () => {
      const fresh = (await this.said(chatId)).slice(before.length);
      const found = fresh.map((text) => /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0]).find(Boolean);
      if (!found) throw new Error('No code was told yet.');
      return found;
    });
    return told;
  }

  /** What the bot has said to somebody, oldest first. */
  async said(chatId: string): Promise<string[]> {
    const { store } = this.engine;
    const row = await store.conversationByChat('telegram', chatId);
    const lines = row ? await store.transcript(row.conversationId, 0, 1_000) : [];
    return lines.filter(({ author }) => author === 'bot').map(({ shown }) => shown.text);
  }

  sends(code: string, scan: LanScan = scanOf(['D10000001 on']), language = 'vi') {
    return this.app.inject({
      method: 'POST',
      url: '/api/lan/devices',
      payload: { code, scan },
      headers: { 'accept-language': language },
    });
  }
}
