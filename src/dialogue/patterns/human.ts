import { askForHuman, humanBy } from '../handoff.ts';
import type { Pattern } from './pattern.ts';

/** Asks for an agent. The bot goes on working until one takes over. */
export const human: Pattern = {
  name: 'human',
  phrases: [
    'gặp nhân viên',
    'nhân viên',
    'gặp người',
    'gặp người thật',
    'nói chuyện với người',
    'nói chuyện với nhân viên',
    'tư vấn viên',
    'hỗ trợ viên',
    'gọi nhân viên',
    'human',
    'agent',
    'talk to a human',
    'talk to an agent',
    'talk to someone',
    'speak to a person',
    'real person',
    'operator',
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
