import { readFile } from 'node:fs/promises';
import { type Api, InputFile } from 'grammy';
import type { Language } from '../../dialogue/event.ts';
import type { Rendered } from '../../words/words.ts';
import { drawingFile, drawingPath } from '../drawings.ts';

const MOST_CAPTION = 1_000;

type Picture = Rendered['pictures'][number];

/** The how-to drawings as Telegram takes them: uploaded once, named by their file id afterwards. */
export class Pictures {
  readonly #api: Api;
  readonly #fileIds = new Map<string, string>();

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Sends them, each with its description; several as an album. Answers the last message's id.
   * @throws what grammY throws
   */
  async send(chatId: string, pictures: readonly Picture[], language: Language): Promise<number> {
    const files = pictures.map(({ name }) => drawingFile(name, language));
    const media = await Promise.all(files.map((file) => this.#mediaOf(file)));
    const captions = pictures.map(({ alt }) => alt.slice(0, MOST_CAPTION));
    const [only] = media;
    const messages =
      media.length === 1 && only !== undefined
        ? [await this.#api.sendPhoto(chatId, only, { caption: captions[0] ?? '' })]
        : await this.#api.sendMediaGroup(
            chatId,
            media.map((one, index) => ({
              type: 'photo' as const,
              media: one,
              caption: captions[index] ?? '',
            })),
          );
    for (const [index, message] of messages.entries()) {
      const fileId = 'photo' in message ? message.photo?.at(-1)?.file_id : undefined;
      const file = files[index];
      if (file !== undefined && fileId !== undefined) this.#fileIds.set(file, fileId);
    }
    return messages.at(-1)?.message_id ?? 0;
  }

  async #mediaOf(file: string): Promise<InputFile | string> {
    return this.#fileIds.get(file) ?? new InputFile(await readFile(drawingPath(file)), file);
  }
}
