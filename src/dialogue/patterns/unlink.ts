import { channelLine, refuseInGroup } from '../linking.ts';
import type { Scene } from '../scene.ts';
import type { Pattern } from './pattern.ts';

function askFirst(scene: Scene): void {
  scene.conversation.counter += 1;
  const stamp = scene.conversation.counter;
  scene.conversation.linking.leaving = stamp;
  scene.asks = false;
  scene.say('link.leaveConfirm', undefined, {
    lines: scene.context.account.linked.map(({ channel }) => channelLine('link.with', channel)),
    choices: [
      scene.action('unlink', 'link.choice.leave', `yes${stamp}`, { style: 'danger' }),
      scene.action('unlink', 'link.choice.keep', 'no'),
    ],
  });
}

function leave(scene: Scene): void {
  const { effects, event, context } = scene;
  effects.push({ kind: 'leaveAccount' });
  for (const { channel, chatId } of context.account.linked) {
    effects.push({ kind: 'tell', to: { channel, chatId }, what: 'left', other: event.channel });
  }
  scene.say('link.left');
}

/**
 * Takes this conversation out of the account that it shares. "Hủy liên kết" alone never means it:
 * those are the words for a device.
 */
export const unlink: Pattern = {
  name: 'unlink',
  phrases: [
    'hủy liên kết kênh',
    'hủy liên kết kênh chat',
    'hủy liên kết các kênh',
    'ngừng liên kết kênh chat',
    'tách kênh chat',
    'unlink chats',
    'unlink my chats',
    'unlink this chat',
    'unlink channels',
  ],
  commands: ['unlink', 'huylienket'],
  run(scene, value) {
    const { linking } = scene.conversation;
    const asked = linking.leaving !== null && value === `yes${linking.leaving}`;
    linking.leaving = null;
    scene.asks = value !== '-';
    if (refuseInGroup(scene)) return;
    if (scene.context.account.linked.length === 0) scene.say('link.none');
    else if (asked) leave(scene);
    else if (value === 'no') scene.say('link.kept');
    else askFirst(scene);
  },
};
