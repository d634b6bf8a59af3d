import { askForHuman, humanBy } from '../handoff.ts';
import type { Pattern } from './pattern.ts';

const SPEAK = {
  vi: [
    'gặp',
    'cần gặp',
    'em cần gặp',
    'tôi cần gặp',
    'mình cần gặp',
    'muốn gặp',
    'xin gặp',
    'nói chuyện với',
    'nói với',
    'kết nối với',
    'gọi',
    'liên hệ',
  ],
  en: ['talk to', 'talk with', 'speak to', 'speak with', 'chat with', 'get', 'connect me to'],
};
const SOMEBODY = {
  vi: [
    'nhân viên',
    'nhân viên hỗ trợ',
    'nhân viên tư vấn',
    'tư vấn viên',
    'hỗ trợ viên',
    'tổng đài',
    'tổng đài viên',
    'người thật',
  ],
  en: [
    'a human',
    'a person',
    'a real person',
    'an agent',
    'a human agent',
    'an operator',
    'someone',
    'somebody',
    'support',
  ],
};

function spoken(verbs: readonly string[], whom: readonly string[]): string[] {
  return verbs.flatMap((verb) => whom.map((who) => `${verb} ${who}`));
}

/** Asks for an agent. The bot goes on working until one takes over. */
export const human: Pattern = {
  name: 'human',
  phrases: [
    ...SOMEBODY.vi,
    'nhân viên ơi',
    ...spoken(SPEAK.vi, [...SOMEBODY.vi, 'người']),
    'human',
    'agent',
    'operator',
    'real person',
    ...spoken(SPEAK.en, SOMEBODY.en),
    'vẫn chưa gỡ được',
    'vẫn chưa được',
    'chưa gỡ được',
    'still not unbound',
    'still bound',
    'it is still bound',
  ],
  commands: ['human', 'nhanvien'],
  run(scene, value) {
    askForHuman(scene, value === 'stillBound' ? 'stillBound' : 'asked');
    if (value === 'stillBound') scene.say('human.stillBound');
    const { when, params } = humanBy(scene);
    scene.say(`human.queued.${when}`, params);
    scene.asks = true;
  },
};
