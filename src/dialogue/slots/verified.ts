import type { Slot } from '../scene.ts';

/** Fills when the account's company verification arrives. Nothing can be typed here. */
export const verified: Slot = {
  name: 'verified',
  automatic: true,
  ask: (scene) => ({
    key: 'verified.wait',
    choices: [scene.action('human', 'choice.human')],
  }),
  explain: () => [{ key: 'verified.explain' }],
  hear: () => false,
  choose: () => false,
};
