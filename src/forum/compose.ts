import { splitText } from '../channels/split-text.ts';
import { escapeHtml } from '../channels/telegram/render.ts';
import { withoutVerificationCode } from '../domain/label.ts';
import { withoutSadpCodes } from '../domain/sadp-string.ts';
import type { TranscriptLine } from '../store/contract.ts';
import type { ForumTexts } from './texts.ts';

/** Telegram takes 4096 characters after its entities are read. */
export const MOST_MESSAGE = 3_900;
const MOST_PIECE = 3_500;
const GAP = '\n\n';

/** A part of a message, as HTML, with its length as Telegram counts it. */
export interface Block {
  html: string;
  length: number;
}

const HEADS = { installer: '👤', bot: '🤖', agent: '🎧' } as const;

/** A block of one's own words. @param html may hold entities; `length` counts the text alone */
export function blockOf(html: string, length = html.length): Block {
  return { html, length };
}

/** The secrets of a label or a device never leave for the group, however they came into a text. */
export function withoutSecrets(text: string): string {
  return withoutVerificationCode(withoutSadpCodes(text));
}

/** What became of a line on its way to the installer, where that is worth a word. */
function fateOf({ author, delivery }: TranscriptLine, t: ForumTexts): string | null {
  if (author === 'installer' || delivery === 'sent') return null;
  if (delivery === 'due') return t('line.due');
  return t(delivery === 'cancelled' ? 'line.withdrawn' : 'line.failed');
}

/** A line of the transcript as the group reads it: never a string, and of photos how many. */
export function blocksOf(line: TranscriptLine, t: ForumTexts): Block[] {
  const { author, agentName, shown, secretRef, blobIds, delivery } = line;
  const name = author === 'agent' && agentName ? ` ${agentName}` : '';
  const fate = fateOf(line, t);
  const head = `${HEADS[author]}${name}${fate ? ` (${fate})` : ''}`;
  const labels = shown.choices.map(({ label }) => label).join(' · ');
  const photos = author === 'agent' ? 'line.ownPhotos' : 'line.photos';
  const notes = [
    ...(labels === '' ? [] : [`▫️ ${labels}`]),
    ...(secretRef === null ? [] : [t('line.secret')]),
    ...(shown.file ? [`📎 ${shown.file.name}`] : []),
    ...(blobIds.length === 0 ? [] : [t(photos, { count: blobIds.length })]),
  ];
  const struck = delivery === 'cancelled';
  const pieces = splitText(withoutSecrets(shown.text), MOST_PIECE);
  const said = pieces.map((piece) => {
    const html = escapeHtml(piece);
    return { html: struck ? `<s>${html}</s>` : html, length: piece.length };
  });
  if (said.length === 0) said.push({ html: '', length: 0 });
  return said.map((piece, index) => {
    const last = index === said.length - 1;
    const top = `<b>${escapeHtml(head)}</b>`;
    const below = last ? notes.map((note) => `\n<i>${escapeHtml(note)}</i>`).join('') : '';
    const more = last ? notes.reduce((sum, note) => sum + note.length + 1, 0) : 0;
    const separator = piece.html === '' ? '' : '\n';
    return {
      html: top + separator + piece.html + below,
      length: head.length + 1 + piece.length + more,
    };
  });
}

/** As few messages as hold these blocks, in order. */
export function packed(blocks: readonly Block[]): string[] {
  const messages: Block[] = [];
  for (const block of blocks) {
    const last = messages.at(-1);
    const together = (last?.length ?? 0) + GAP.length + block.length;
    if (last && together <= MOST_MESSAGE) {
      last.html += GAP + block.html;
      last.length = together;
    } else messages.push({ ...block });
  }
  return messages.map(({ html }) => html);
}
