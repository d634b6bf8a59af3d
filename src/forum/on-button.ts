import type { Callback } from '../channels/telegram/update.ts';
import { DeskError } from '../desk/errors.ts';
import type { AgentRow } from '../store/contract.ts';
import { requireActing, whyNot } from './agent-at-work.ts';
import { toast } from './answer.ts';
import { REASONS } from './card.ts';
import { askWhy, caseSeen, decide } from './decide.ts';
import type { Room } from './room.ts';
import { type ButtonAct, readToken } from './token.ts';
import type { Topic } from './topic-state.ts';

interface Press {
  agent: AgentRow;
  topic: Topic;
  personId: number;
  messageId: number;
}

/** A button under a mirrored message: does what the desk's button does, or says why not. */
export async function onButton(room: Room, callback: Callback): Promise<void> {
  const { id, from, data = '', message } = callback;
  const act = readToken(data);
  const topic = await room.topics.byThread(message?.message_thread_id);
  if (!act || !topic || !message) return toast(room, id, room.t('toast.old'), true);
  const agent = await room.people.agentOf(from.id);
  if (!agent) return toast(room, id, room.t('toast.notLinked'), true);
  const press = { agent, topic, personId: from.id, messageId: message.message_id };
  let done = '';
  const why = await whyNot(room, async () => {
    requireActing(agent);
    done = await carryOut(room, press, act);
  });
  // Whatever was pressed, the buttons in force are the ones that the store knows by now.
  room.news(topic.conversationId);
  await toast(room, id, why ?? done, why !== null || done === room.t('toast.old'));
}

/** @returns what is said over the button */
async function carryOut(room: Room, press: Press, act: ButtonAct): Promise<string> {
  const { agent, topic } = press;
  const { t, acts } = room;
  if ('epoch' in act) {
    const row = await room.store.conversationById(topic.conversationId);
    if (!row) throw new DeskError('noConversation');
    const { who, agentId, epoch } = row.owner;
    const theirs = who === 'agent' && agentId === agent.agentId;
    if (act.act === 'take' && theirs) return t('toast.taken');
    if (epoch !== act.epoch) return t('toast.old');
    if (act.act === 'take') await acts.takeOver(agent, row, who === 'agent' ? agentId : null);
    else await acts.handBack(agent, row);
    return t(act.act === 'take' ? 'toast.taken' : 'toast.handedBack');
  }
  if (!('caseId' in act)) {
    await putBack(room, press);
    return '';
  }
  const row = await caseSeen(room, topic, act.caseId, act.revision);
  const { number } = row;
  if (act.act === 'approve') {
    await decide(room, agent, row, { status: 'unbound' });
    return t('toast.approved', { number });
  }
  if (act.act === 'refuse') {
    const rows = room.cards.reasonsOf(row);
    await show(room, press, rows);
    return '';
  }
  const reason = act.act === 'reason' ? REASONS[act.reason] : undefined;
  if (reason === undefined) return t('toast.old');
  if (reason === 'other') {
    await askWhy(room, agent, topic, row, press);
    await putBack(room, press);
    return '';
  }
  await decide(room, agent, row, { status: 'rejected', reason });
  await putBack(room, press);
  return t('toast.refused', { number });
}

/** Puts other buttons under the message, which until then is nobody's to renew. */
async function show(
  { group, topics }: Room,
  { topic, messageId }: Press,
  rows: ReturnType<Room['cards']['reasonsOf']>,
): Promise<void> {
  if (topic.state.card?.messageId === messageId) await topics.change(topic, { card: null });
  await group.call(1, (api, chat) =>
    api.editMessageReplyMarkup(chat, messageId, { reply_markup: { inline_keyboard: rows } }),
  );
}

/** The message has its usual buttons again, or none when a newer one has them. */
async function putBack({ group, topics }: Room, { topic, messageId }: Press): Promise<void> {
  const { card } = topic.state;
  if (card && card.messageId > messageId) {
    await group.call(1, (api, chat) => api.editMessageReplyMarkup(chat, messageId));
  } else await topics.change(topic, { card: { messageId, shows: '' } });
}
