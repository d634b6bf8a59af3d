import { COVERED_LINK_CODE, LINK_CODE_LIVES_MS } from '../../domain/link-code.ts';
import { refuseInGroup } from '../linking.ts';
import type { Pattern } from './pattern.ts';

/**
 * Asks for a code by which another channel becomes this person's, too. Neither the turn nor the
 * transcript knows the code: it is made when the reply goes out.
 */
export const link: Pattern = {
  name: 'link',
  phrases: [
    'liên kết kênh',
    'liên kết kênh chat',
    'liên kết kênh khác',
    'liên kết telegram',
    'liên kết zalo',
    'báo qua telegram',
    'báo qua zalo',
    'báo cho tôi qua telegram',
    'báo cho tôi qua zalo',
    'báo em qua telegram',
    'báo em qua zalo',
    'link chats',
    'link my chats',
    'link another channel',
    'link telegram',
    'link zalo',
    'tell me on telegram',
    'tell me on zalo',
  ],
  commands: ['link', 'lienket'],
  run(scene) {
    scene.asks = false;
    if (refuseInGroup(scene)) return;
    const minutes = LINK_CODE_LIVES_MS / 60_000;
    scene.say('link.code', { code: COVERED_LINK_CODE, minutes }, { linkCode: true });
  },
};
