import { isOpenCase } from '../../domain/case.ts';
import { closeForm } from '../forms.ts';
import type { Scene } from '../scene.ts';
import type { Pattern } from './pattern.ts';
import { caseLine } from './status.ts';

const SHOWN = 10;
/** A confirmation that is pressed later than this is asked for again. */
const CONFIRM_WITHIN_MS = 10 * 60_000;

function tell(scene: Scene): void {
  const { cases } = scene.context;
  const photos = cases.reduce((sum, { draft }) => sum + draft.photos.length, 0);
  const begun = scene.conversation.forms.reduce((sum, form) => sum + form.photos.length, 0);
  scene.say(
    'myData.held',
    { cases: cases.length, photos: photos + begun },
    {
      lines: cases.slice(0, SHOWN).map(caseLine),
      choices: [
        scene.action('myData', 'myData.choice.copy', 'copy'),
        scene.action('myData', 'myData.choice.delete', 'delete', { style: 'danger' }),
      ],
    },
  );
}

/** Agents hand a copy over: no channel of the bot sends files. */
function askForCopy(scene: Scene): void {
  const { owner } = scene.conversation;
  if (owner.who === 'bot') owner.who = 'queued';
  scene.say('myData.copyAsked');
}

/** Nothing is deleted that an agent is deciding on. */
function isBusy(scene: Scene): boolean {
  const sending = scene.conversation.forms.some((form) => form.phase === 'submitting');
  return sending || scene.context.cases.some(({ status }) => isOpenCase(status));
}

function confirm(scene: Scene): void {
  if (isBusy(scene)) {
    scene.say('myData.openCases', undefined, {
      choices: [scene.action('status', 'choice.status'), scene.action('human', 'choice.human')],
    });
    return;
  }
  const yes = `yes-${scene.event.at.toString(36)}`;
  scene.say('myData.confirm', undefined, {
    choices: [
      scene.action('myData', 'myData.choice.yes', yes, { style: 'danger' }),
      scene.action('myData', 'myData.choice.no', 'no'),
    ],
  });
}

function erase(scene: Scene): void {
  for (const form of scene.conversation.forms.slice()) closeForm(scene, form);
  scene.effects.push({ kind: 'erase' });
  scene.say('myData.deleting');
}

/** "/mydata": what is kept of the person, a copy of it, and its deletion. */
export const myData: Pattern = {
  name: 'myData',
  phrases: [
    'dữ liệu',
    'dữ liệu của tôi',
    'dữ liệu của em',
    'xóa dữ liệu',
    'xóa dữ liệu của tôi',
    'xóa dữ liệu của em',
    'my data',
    'delete my data',
    'export my data',
  ],
  commands: ['dulieu', 'mydata'],
  run(scene, value) {
    const asked = /^yes-([0-9a-z]+)$/.exec(value)?.[1];
    const fresh = scene.event.at - Number.parseInt(asked ?? '0', 36) <= CONFIRM_WITHIN_MS;
    if (value === 'copy') askForCopy(scene);
    else if (value === 'no') scene.say('confirm.kept');
    else if (asked && fresh && !isBusy(scene)) erase(scene);
    else if (asked || value === 'delete') confirm(scene);
    else tell(scene);
    // Its own question is answered first.
    scene.asks = value === 'copy' || value === 'no';
  },
};
