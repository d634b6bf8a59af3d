import { messageOf } from '../channels/telegram/events.ts';
import { fetchFile } from '../channels/telegram/files.ts';
import { escapeHtml } from '../channels/telegram/render.ts';
import type { Message } from '../channels/telegram/update.ts';
import { DeskError } from '../desk/errors.ts';
import { fileName } from '../desk/file-kinds.ts';
import type { AttachedFile } from '../dialogue/event.ts';
import type { AgentRow, ConversationRow } from '../store/contract.ts';
import { requireActing, whyNot } from './agent-at-work.ts';
import { answer, TryAgain } from './answer.ts';
import { refuseWithNote } from './decide.ts';
import type { Gate } from './gate.ts';
import type { Room } from './room.ts';
import type { Topic } from './topic-state.ts';

/** A text as the desk takes it; Telegram's own are a little longer. */
const MOST_TEXT = 4_000;
const PAGE = 500;

type Said = { text: string } | { file: AttachedFile; caption: string } | { other: true };

/** What somebody wrote in the group: for the installer where its writer has the conversation. */
export async function onMessage(
  room: Room,
  gate: Gate,
  updateId: string,
  message: Message,
): Promise<void> {
  const {
    migrate_to_chat_id: movedTo,
    message_thread_id: threadId,
    message_id: messageId,
  } = message;
  if (movedTo !== undefined) return room.group.move(movedTo);
  if (await gate.linked(message)) return;
  const topic = await room.topics.byThread(threadId);
  // Elsewhere in the group agents talk among themselves.
  if (topic === null) return;
  if (message.forum_topic_closed || message.forum_topic_reopened) {
    return room.topics.change(topic, { closed: message.forum_topic_closed !== undefined });
  }
  const said = saidIn(message);
  const agent = said && (await gate.agentBehind(message));
  if (!said || !agent) return;
  const place = { threadId, messageId };
  const why = await whyNot(room, async () => {
    requireActing(agent);
    const { asked } = topic.state;
    if (asked && 'text' in said && asked.messageId === message.reply_to_message?.message_id) {
      return refuseWithNote(room, agent, topic, said.text);
    }
    const row = await room.store.conversationById(topic.conversationId);
    if (!row) throw new DeskError('noConversation');
    const hint = hintOf(room, said, row, agent);
    if (hint) return answer(room, place, hint.html, hint.rows ? { rows: hint.rows } : {});
    const words = 'text' in said ? said.text : 'caption' in said ? said.caption : '';
    if (words.length > MOST_TEXT) throw new DeskError('textLong');
    if ('file' in said) {
      const bytes = await fetched(room, said.file);
      if (!bytes) return answer(room, place, escapeHtml(room.t('say.fileGone')));
      const id = `telegram:${updateId}`;
      const { kind, name = '' } = said.file;
      if (kind === 'photo') await room.acts.showPhoto(agent, row, id, bytes, words);
      else await room.acts.sendFile(agent, row, id, { name: fileName(name), bytes }, words);
    } else await room.acts.say(agent, row, `telegram:${updateId}`, words);
    await own(room, topic, agent, words);
    room.news(topic.conversationId);
  });
  if (why !== null) await answer(room, place, escapeHtml(room.t('say.notTaken', { why })));
}

/** A message that was edited: what the installer has got stays as it is. */
export async function onEdit(room: Room, gate: Gate, message: Message): Promise<void> {
  const { message_thread_id: threadId, message_id: messageId } = message;
  const topic = await room.topics.byThread(threadId);
  const agent = topic && (await gate.agentBehind(message));
  if (!topic || !agent) return;
  const row = await room.store.conversationById(topic.conversationId);
  if (row?.owner.agentId !== agent.agentId) return;
  await answer(room, { threadId, messageId }, escapeHtml(room.t('say.edited')));
}

/** Null for what Telegram says of the group itself. */
function saidIn(message: Message): Said | null {
  const base = { eventId: 'group', at: 0, channel: 'telegram' as const, chatId: 'group' };
  const event = messageOf(message, base);
  if (event === null) return null;
  if (event.type === 'text') return { text: event.text.normalize('NFC').trim() };
  if (event.type === 'opened') return { text: '/start' };
  const file = event.type === 'attached' ? event.files[0] : undefined;
  if (event.type !== 'attached' || !file) return { other: true };
  return { file, caption: (event.caption ?? '').normalize('NFC').trim() };
}

/** Why this cannot go to the installer, where that is plain at once; with the button that helps. */
function hintOf({ t, cards }: Room, said: Said, row: ConversationRow, agent: AgentRow) {
  const { who, agentId, agentName } = row.owner;
  if ('text' in said && said.text.startsWith('/')) return { html: escapeHtml(t('say.command')) };
  if ('other' in said) return { html: escapeHtml(t('say.onlyTextAndPhotos')) };
  if (who === 'agent' && agentId === agent.agentId) return null;
  const html =
    who === 'agent' ? t('say.others', { name: escapeHtml(agentName ?? '') }) : t('say.bots');
  return { html, rows: cards.claimOf(row) };
}

/**
 * Null when Telegram will not hand it over.
 * @throws TryAgain
 */
async function fetched(
  { api, pauses, now }: Room,
  { ref }: AttachedFile,
): Promise<Uint8Array | null> {
  const file = await fetchFile(api, ref, pauses.call, now());
  if (file.as === 'transient') throw new TryAgain(file.why, (file.at ?? 0) - now());
  return file.as === 'bytes' ? file.bytes : null;
}

/**
 * Remembers the line that this became, since it stands in the topic already. A stop in between tells
 * it there once more.
 */
async function own(
  { store, topics }: Room,
  topic: Topic,
  { name }: AgentRow,
  words: string,
): Promise<void> {
  const lines = await store.transcript(topic.conversationId, topic.lineId, PAGE);
  const line = lines.findLast(
    (one) => one.author === 'agent' && one.agentName === name && one.shown.text === words,
  );
  if (!line || topic.state.own.includes(line.id)) return;
  await topics.change(topic, { own: [...topic.state.own, line.id] });
}
