import type { Pattern } from './pattern.ts';

/** What needs no case at all: the admin password on the LAN, and the owner's own ways. */
export const tips: Pattern = {
  name: 'tips',
  phrases: [
    'tự gỡ tại chỗ',
    'tôi có mật khẩu admin',
    'có mật khẩu admin',
    'em có mật khẩu admin',
    'em có mật khẩu',
    'tôi có mật khẩu',
    'có mật khẩu',
    'tôi là chủ thiết bị',
    'tôi là chủ nhà',
    'tôi là người dùng',
    'chủ thiết bị',
    'i have the admin password',
    'i know the admin password',
    'i have the password',
    'unbind on the spot',
    'i am the owner',
    "i'm the owner",
  ],
  commands: ['tips', 'meo'],
  valueIn(message) {
    return /chu thiet bi|chu nha|nguoi dung|owner/.test(message.plain) ? 'owner' : null;
  },
  run(scene, value) {
    scene.say(value === 'owner' ? 'tips.owner' : 'tips.onTheSpot');
    scene.asks = true;
  },
};
