import { expect, vi } from 'vitest';
import { z } from 'zod';
import type { Traveller } from '../steps.ts';
import type { Beside } from './beside.ts';
import type { Emulator } from './emulator.ts';

const SaidSchema = z.object({
  chat_id: z.coerce.number(),
  text: z.string(),
  reply_markup: z
    .object({
      inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string() }))),
    })
    .optional(),
});
type Said = z.infer<typeof SaidSchema> & { messageId: number };

/** Somebody in the Telegram that telegram-test-api plays. */
export class EmulatedPerson implements Traveller {
  readonly #server: Emulator;
  readonly #beside: Beside;
  readonly #client: ReturnType<Emulator['getClient']>;
  readonly #id: number;
  readonly #language: string;

  constructor(
    server: Emulator,
    beside: Beside,
    who: { token: string; id: number; language: string },
  ) {
    this.#server = server;
    this.#beside = beside;
    this.#id = who.id;
    this.#language = who.language;
    this.#client = server.getClient(who.token, { chatId: who.id, userId: who.id, type: 'private' });
  }

  async starts(): Promise<void> {
    await this.writes('/start');
  }

  async writes(text: string): Promise<void> {
    await this.#sends({ text });
  }

  async sendsPhoto(bytes: Uint8Array): Promise<void> {
    await this.#sends({ photo: [{ file_id: this.#beside.keepFile(bytes), width: 1, height: 1 }] });
  }

  async sendsFile(name: string, bytes: Uint8Array, mime: string): Promise<void> {
    const fileId = this.#beside.keepFile(bytes);
    await this.#sends({ document: { file_id: fileId, file_name: name, mime_type: mime } });
  }

  async presses(label: string): Promise<void> {
    const { data, messageId } = await vi.waitFor(() => {
      const found = this.#said().flatMap(({ reply_markup: markup, messageId: id }) =>
        (markup?.inline_keyboard.flat() ?? [])
          .filter(({ text }) => text === label)
          .map(({ callback_data }) => ({ data: callback_data, messageId: id })),
      );
      const newest = found.at(-1);
      if (!newest) throw new Error(`no button "${label}"`);
      return newest;
    }, PATIENCE);
    const query = this.#client.makeCallbackQuery(data);
    const message = { ...query.message, message_id: messageId };
    await this.#told(() => this.#client.sendCallback({ ...query, message } as typeof query));
  }

  async hears(text: string): Promise<void> {
    await vi.waitFor(
      () =>
        expect(
          this.#said()
            .map((one) => one.text)
            .join('\n'),
        ).toContain(text),
      PATIENCE,
    );
  }

  async #sends(fields: Record<string, unknown>): Promise<void> {
    const { text: _, ...message } = this.#client.makeMessage('');
    const from = { ...message.from, language_code: this.#language };
    await this.#told(() => this.#client.sendMessage({ ...message, from, ...fields } as never));
  }

  /** Of two at a time it gives both the same update id: each is waited for until it was taken. */
  async #told(send: () => Promise<unknown>): Promise<void> {
    const taken = this.#server.waitUserMessage();
    await send();
    await taken;
  }

  #said(): Said[] {
    return this.#server.storage.botMessages.flatMap(({ message, messageId }) => {
      const said = SaidSchema.safeParse(message);
      return said.success && said.data.chat_id === this.#id ? [{ ...said.data, messageId }] : [];
    });
  }
}

const PATIENCE = { timeout: 8_000, interval: 20 };
