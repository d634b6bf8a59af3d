import type { Pattern } from './pattern.ts';

/** What needs no case at all: the admin password on the LAN, and the owner's own ways. */
export const tips: Pattern = {
  name: 'tips',
  phrases: [
    'tự gỡ tại chỗ',
    'tôi có mật khẩu admin',
    'có mật khẩu admin',
    'tôi là chủ thiết bị',
    'chủ thiết bị',
    'i have the admin password',
    'unbind on the spot',
    'i am the owner',
    "i'm the owner",
  ],
  commands: ['tips', 'meo'],
  valueIn(message) {
    return /chu thiet bi|owner/.test(message.plain) ? 'owner' : null;
  },
  run(scene, value) {
    scene.say(value === 'owner' ? 'tips.owner' : 'tips.onTheSpot');
    scene.asks = true;
  },
};
