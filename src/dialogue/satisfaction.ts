import type { Scene } from './scene.ts';

/** By then somebody has tried to add the device, and knows whether it was any use. */
const ASK_AFTER_MS = 15 * 60_000;

/** A case came to a good end: a while later its installer is asked how it was. */
export function askLater(scene: Scene, caseId: string): void {
  const at = scene.event.at + ASK_AFTER_MS;
  scene.effects.push({ kind: 'setTimer', timer: `rate:${caseId}`, at });
}

/** Asks, unless an agent is in the chat or something is being filled. */
export function askHowItWas(scene: Scene, caseId: string): void {
  const summary = scene.context.cases.find((known) => known.caseId === caseId);
  if (summary?.status !== 'unbound' || scene.agentOwns || scene.focus) return;
  const { number, serial } = summary;
  const scores = [
    ['3', 'satisfaction.choice.good'],
    ['2', 'satisfaction.choice.fair'],
    ['1', 'satisfaction.choice.bad'],
  ] as const;
  scene.push({
    key: 'satisfaction.ask',
    params: { number, serial },
    choices: scores.map(([score, key]) => scene.action('rate', key, `${score}_${number}`)),
  });
}
