import { escapeHtml } from '../channels/telegram/render.ts';
import { type Block, blockOf, withoutSecrets } from './compose.ts';
import type { ForumStore } from './options.ts';
import type { ForumTexts } from './texts.ts';
import type { Topic } from './topic-state.ts';

const PAGE = 200;
const MOST_QUOTED = 120;

/** Of the lines that were told while they were on their way: which were lost, and which still are. */
export async function unsettledOf(
  { conversationId, state }: Topic,
  store: Pick<ForumStore, 'transcript'>,
  t: ForumTexts,
): Promise<{ lost: Block[]; waiting: number[] }> {
  const lost: Block[] = [];
  const waiting: number[] = [];
  if (state.unsettled.length === 0) return { lost, waiting };
  const lines = await store.transcript(conversationId, Math.min(...state.unsettled) - 1, PAGE);
  for (const id of state.unsettled) {
    const line = lines.find((one) => one.id === id);
    // Deleted, or far behind by now: nobody waits to hear of it.
    if (!line || line.delivery === 'sent' || line.toldIn !== null) continue;
    if (line.delivery === 'due') waiting.push(id);
    else {
      const quoted = [...withoutSecrets(line.shown.text)].slice(0, MOST_QUOTED).join('');
      const text = t('notDelivered', { text: quoted === '' ? '🖼' : quoted });
      lost.push(blockOf(escapeHtml(text), text.length));
    }
  }
  return { lost, waiting };
}
