import { escapeHtml } from '../channels/telegram/render.ts';
import { DeskError } from '../desk/errors.ts';
import type { Decision } from '../desk/options.ts';
import { isOpenCase } from '../domain/case.ts';
import type { AgentRow, CaseRow } from '../store/contract.ts';
import { answer } from './answer.ts';
import type { Room } from './room.ts';
import type { Topic } from './topic-state.ts';

const MOST_NOTE = 2_000;

/** @throws DeskError when the case is not the topic's, or not as the button's reader saw it */
export async function caseSeen(
  { store }: Room,
  topic: Topic,
  caseId: string,
  revision: number,
): Promise<CaseRow> {
  const row = await store.caseById(caseId);
  if (row?.conversationId !== topic.conversationId) throw new DeskError('noCase');
  if (row.revision !== revision || !isOpenCase(row.status)) throw new DeskError('changedMeanwhile');
  return row;
}

/** Decides as the desk does, with the same right and the same trail. */
export async function decide(
  room: Room,
  agent: AgentRow,
  row: CaseRow,
  decision: Decision,
): Promise<void> {
  await room.decideCase(agent, row, row.revision, decision);
  room.news(row.conversationId);
}

/** Asks for the reason that no button names: it is the answer to this message. */
export async function askWhy(
  room: Room,
  agent: AgentRow,
  topic: Topic,
  row: CaseRow,
  { personId, messageId }: { personId: number; messageId: number },
): Promise<void> {
  const { caseId, number, revision } = row;
  const said = { id: personId, name: escapeHtml(agent.name), number };
  const html = room.t('say.whyRefused', said);
  const place = { threadId: topic.threadId, messageId };
  const asked = await answer(room, place, html, { wantsReply: true });
  if (asked === null) return;
  await room.topics.change(topic, { asked: { messageId: asked, caseId, revision } });
}

/** The answer to that question. */
export async function refuseWithNote(
  room: Room,
  agent: AgentRow,
  topic: Topic,
  note: string,
): Promise<void> {
  const { asked } = topic.state;
  if (!asked) return;
  if (note.length > MOST_NOTE) throw new DeskError('textLong');
  const row = await caseSeen(room, topic, asked.caseId, asked.revision);
  await decide(room, agent, row, { status: 'rejected', reason: 'other', note });
  await room.topics.change(topic, { asked: null });
}
