import { createRequire } from 'node:module';
import type { TelegramServer, TelegramServerConfig } from 'telegram-test-api/lib/telegramServer.js';

export type Emulator = TelegramServer;

/** The package's types and its CommonJS export do not agree about what its default is. */
const Server: new (config: Partial<TelegramServerConfig>) => Emulator = createRequire(
  import.meta.url,
)('telegram-test-api');

export function createEmulator(port: number): Emulator {
  return new Server({ port, host: '127.0.0.1', storeTimeout: 600 });
}
