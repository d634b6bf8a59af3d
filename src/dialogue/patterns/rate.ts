import type { Pattern } from './pattern.ts';

/** What a button of the question says: a score, and the case's number. */
const ANSWER = /^([123])_(.+)$/;

/** The one tap by which somebody says how their case was handled. Only its buttons mean it. */
export const rate: Pattern = {
  name: 'rate',
  phrases: [],
  commands: [],
  run(scene, value) {
    const [, score, number] = ANSWER.exec(value) ?? [];
    const known = scene.context.cases.find((one) => one.number === number);
    scene.asks = true;
    if (!known || !score) return;
    scene.effects.push({ kind: 'rate', caseId: known.caseId, score: Number(score) });
    scene.say(score === '1' ? 'satisfaction.sorry' : 'satisfaction.thanks', undefined, {
      ...(score === '1' ? { choices: [scene.action('human', 'choice.human')] } : {}),
    });
  },
};
