import type { EventOf } from '../event.ts';
import type { Scene } from '../scene.ts';
import { reopenApplication } from '../verification.ts';

/**
 * The account's company verification arrived, was refused or was withdrawn; what it fills or empties
 * is so already. Of a refusal only the chat that applied is told.
 */
export function onAccountChanged(scene: Scene, event: EventOf<'accountChanged'>): void {
  const { refused, verified } = event;
  if (refused) {
    const form = reopenApplication(scene, refused.reopen);
    scene.push({
      key: 'verify.refused',
      lines: [{ label: 'case.reason', key: 'case.words', params: { words: refused.reason } }],
      ...(scene.agentOwns
        ? {}
        : {
            choices: [
              form
                ? scene.actionOn(form, 'repair', 'choice.fixNow', 'begin', { style: 'primary' })
                : scene.action('verify', 'verify.choice.begin'),
              scene.action('human', 'choice.human'),
            ],
          }),
    });
    return;
  }
  scene.push({ key: verified ? 'verified.arrived' : 'verified.withdrawn' });
  scene.asks = verified;
}
