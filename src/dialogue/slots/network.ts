import { shareNetwork } from '../batch.ts';
import type { SlotValue } from '../conversation.ts';
import { keyOf } from '../normalise.ts';
import type { Slot } from '../scene.ts';

type Network = SlotValue<'network'>['network'];

const YES = ['có', 'đúng', 'đúng rồi', 'đúng vậy', 'phải', 'vâng', 'ừ', 'yes', 'y', 'yep', 'yeah'];
const NO = ['không', 'ko', 'k', 'không phải', 'no', 'n', 'nope'];

const WORDS: Record<Network, readonly string[]> = {
  // The question can be answered by yes or no.
  lan: [
    ...YES,
    'có cùng mạng',
    'cùng wifi',
    'chung wifi',
    'đang ở cạnh thiết bị',
    'lan',
    'mạng lan',
    'mạng lan (sadp)',
    'lan sadp',
    'lan (sadp)',
    'sadp',
    'cùng mạng',
    'cùng mạng lan',
    'chung mạng',
    'mạng nội bộ',
    'nội bộ',
    'tại chỗ',
    'same network',
    'local',
    'local network',
    'on the lan',
    'same lan',
  ],
  other: [
    ...NO,
    'không cùng',
    'không chung mạng',
    'khác lan',
    'không ở cùng mạng',
    'not the same network',
    'khác',
    'mạng khác',
    'khác mạng',
    'không cùng mạng',
    'ở xa',
    'từ xa',
    'other',
    'another network',
    'other network',
    'different network',
    'remote',
  ],
};

export const network: Slot = {
  name: 'network',
  ask: (scene, form) => ({
    key: 'network.ask',
    choices: [
      scene.choice(form, 'network', 'lan', 'network.choice.lan'),
      scene.choice(form, 'network', 'other', 'network.choice.other'),
    ],
  }),
  explain: () => [{ key: 'network.explain' }],
  hear(scene, form, text) {
    const chosen = keyOf(text, WORDS);
    return chosen !== null && this.choose(scene, form, chosen);
  },
  choose(scene, form, value) {
    if (value !== 'lan' && value !== 'other') return false;
    scene.fill(form, 'network', { network: value });
    shareNetwork(scene, form);
    return true;
  },
  show: (form) => {
    const slot = form.slots.network;
    return slot?.state === 'filled' ? { key: `network.choice.${slot.value.network}` } : null;
  },
};
