import { readFile } from 'node:fs/promises';
import type { AgentWords } from '../../dialogue/effect.ts';
import type { Language } from '../../dialogue/event.ts';
import type { Store } from '../../store/contract.ts';
import type { Rendered } from '../../words/words.ts';
import { drawingFile, drawingPath } from '../drawings.ts';
import { fitPicture } from '../fit-picture.ts';
import type { Outgoing } from './connection.ts';

/** Teams shows pictures within a message up to this many pixels a side, and 1 MB. */
const MOST_SIDE = 1024;

/** The how-to drawings as one message. Pictures within it do not count towards its limit. */
export async function picturesMessage(
  pictures: Rendered['pictures'],
  language: Language,
): Promise<Outgoing> {
  const attachments = await Promise.all(
    pictures.map(async ({ name, alt }) => {
      const bytes = await readFile(drawingPath(drawingFile(name, language)));
      const contentUrl = `data:image/png;base64,${bytes.toString('base64')}`;
      return { contentType: 'image/png', contentUrl, name: alt };
    }),
  );
  return { type: 'message', attachments };
}

/** An agent's photo, with their name and words; the words alone when the photo is gone. */
export async function photoMessage(
  store: Pick<Store, 'getBlob'>,
  { name, text, photo = '' }: AgentWords,
): Promise<Outgoing> {
  const blob = await store.getBlob(photo);
  const said = text === '' ? name : `${name}: ${text}`;
  if (!blob) return { type: 'message', text: said, textFormat: 'plain' };
  const { bytes, mime } = await fitPicture(blob.bytes, blob.mime, MOST_SIDE);
  const contentUrl = `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`;
  return {
    type: 'message',
    text: said,
    textFormat: 'plain',
    attachments: [{ contentType: mime, contentUrl, name }],
  };
}
