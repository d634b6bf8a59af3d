import type { ChannelName } from '../dialogue/event.ts';
import type { Routes } from '../store/contract.ts';
import type { EffectOf, Performed } from './perform.ts';

/**
 * Hands news of a case to another conversation of the account, which tells it in a turn of its own:
 * that commit ends this effect, so that one of the two tells it. Null when there is nowhere to go.
 */
export function passOn(
  due: EffectOf<'send'>,
  { others }: Routes,
  connected: (channel: ChannelName) => boolean,
  at: number,
): Performed | null {
  const { effectId, conversationId, effect } = due;
  const { reply, push } = effect;
  if (!push || reply.caseId === undefined) return null;
  const tried = [...(reply.tried ?? []), conversationId];
  const next = others.find(
    (other) => !tried.includes(other.conversationId) && connected(other.channel),
  );
  if (!next) return null;
  const { channel, chatId } = next;
  const base = { eventId: `pass:${effectId}`, at, channel, chatId };
  return {
    result: { ...base, type: 'newsPassedOn', reply, from: due.channel, tried },
    settlement: { effectId, as: 'passedOn', toldIn: next.conversationId },
  };
}
