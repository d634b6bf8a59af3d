import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Language } from '../../dialogue/event.ts';
import type { Rendered } from '../../words/words.ts';
import type { Outgoing } from './connection.ts';

const FOLDER = resolve(import.meta.dirname, '../../../assets/pictures');

/** The how-to drawings as one message. Pictures within it do not count towards its limit. */
export async function picturesMessage(
  pictures: Rendered['pictures'],
  language: Language,
): Promise<Outgoing> {
  const attachments = await Promise.all(
    pictures.map(async ({ name, alt }) => {
      const bytes = await readFile(resolve(FOLDER, `${name}.${language}.png`));
      const contentUrl = `data:image/png;base64,${bytes.toString('base64')}`;
      return { contentType: 'image/png', contentUrl, name: alt };
    }),
  );
  return { type: 'message', attachments };
}
