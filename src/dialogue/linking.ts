import { LINK_CODE_LIVES_MS } from '../domain/link-code.ts';
import type { LinkOffer } from './effect.ts';
import type { ChannelName } from './event.ts';
import type { Line } from './reply.ts';
import type { Scene } from './scene.ts';

/** Codes that do not hold, after which none is looked at for a while: nobody finds one by trying. */
const MOST_WRONG = 5;
const WRONG_COUNT_MS = LINK_CODE_LIVES_MS;

/** Names a channel in a line of its own. */
export function channelLine(
  label: 'link.with' | 'link.from' | 'link.answerAt',
  channel: ChannelName,
): Line {
  return { label, key: `link.channel.${channel}` };
}

/** True where others read along; says so. */
export function refuseInGroup(scene: Scene): boolean {
  if (!scene.event.group) return false;
  scene.say('link.notInGroup');
  return true;
}

/**
 * Joins the accounts of this conversation and of the one that asked for the code. Said whoever owns
 * the conversation.
 *
 * @param code null: what came does not even look like one
 */
export function redeem(scene: Scene, code: string | null): void {
  const { context, conversation, event } = scene;
  scene.asks = conversation.greeted;
  if (refuseInGroup(scene)) return;
  const { linking } = conversation;
  linking.wrong = linking.wrong.filter((at) => at > event.at - WRONG_COUNT_MS);
  if (linking.wrong.length >= MOST_WRONG) {
    scene.push({ key: 'link.tooManyWrong', params: { minutes: WRONG_COUNT_MS / 60_000 } });
    return;
  }
  const offer = context.link;
  if (code === null || offer === null) {
    linking.wrong.push(event.at);
    scene.push({ key: 'link.wrong' });
  } else if (offer.conversationId === conversation.id) scene.push({ key: 'link.elsewhere' });
  else join(scene, code, offer);
}

function join(scene: Scene, code: string, offer: LinkOffer): void {
  const { conversation, context, event, effects } = scene;
  conversation.linking.wrong = [];
  // A messenger tells better than a page that may be closed.
  const here = event.channel !== 'web' || offer.channel === 'web';
  const prefer = here ? conversation.id : offer.conversationId;
  effects.push({ kind: 'joinAccounts', code, offer, prefer });
  const lines = [channelLine('link.with', offer.channel)];
  if (offer.accountId === context.account.id) {
    scene.push({ key: 'link.already', lines });
    return;
  }
  scene.push({
    key: 'link.joined',
    lines,
    choices: [scene.action('status', 'choice.status')],
  });
  const { channel, chatId } = offer;
  effects.push({ kind: 'tell', to: { channel, chatId }, what: 'joined', other: event.channel });
}
