import { isOpenCase } from '../../domain/case.ts';
import type { CaseSummary } from '../context.ts';
import type { EventOf } from '../event.ts';
import type { Line } from '../reply.ts';
import type { Scene } from '../scene.ts';
import { caseNamed, choicesFor } from './follow.ts';
import type { Pattern } from './pattern.ts';
import { listCases } from './status.ts';

/** Of a case that goes to and fro for long, the newest steps. */
const MOST_STEPS = 20;
const BUTTONS = 5;

/** What became of a case, step by step: of the one that is named, or of the one that there is. */
export const timeline: Pattern = {
  name: 'timeline',
  phrases: [
    'tiến trình',
    'tiến trình hồ sơ',
    'xem tiến trình',
    'tiến độ',
    'tiến độ hồ sơ',
    'xem tiến độ',
    'các bước của hồ sơ',
    'timeline',
    'case timeline',
    'progress',
    'history',
  ],
  commands: ['timeline', 'tientrinh'],
  valueIn: ({ plain }) =>
    /^(?:tien trinh|tien do|timeline)(?: of)?(?: ho so| case)? (ub-\d{1,12})$/.exec(plain)?.[1] ??
    null,
  run(scene, value) {
    scene.asks = true;
    const { cases } = scene.context;
    const [only, more] = cases;
    if (value === '-' && (more || !only)) {
      listCases(
        scene,
        [...cases.filter(isOpen), ...cases.filter((one) => !isOpen(one))]
          .slice(0, BUTTONS)
          .map(({ number }) =>
            scene.action('timeline', 'follow.choice.timeline', number, { params: { number } }),
          ),
      );
      return;
    }
    const known = value === '-' ? only : caseNamed(scene, value);
    if (!known) return;
    scene.effects.push({ kind: 'timeline', caseId: known.caseId });
    scene.say('follow.looking', undefined, { progress: progressOf(known.caseId) });
    // The question that is open follows the answer, which comes at once.
    scene.asks = false;
  },
};

const isOpen = ({ status }: CaseSummary) => isOpenCase(status);

const progressOf = (caseId: string) => `timeline:${caseId}`;

type Step = EventOf<'timelineRead'>['steps'][number];

/** Of a case that was refused only its present state says why. */
function lineOf({ status, reason }: CaseSummary, step: Step, isLast: boolean): Line {
  const refused = isLast && step.status === 'rejected' && status === 'rejected' && reason !== null;
  return {
    label: 'follow.at',
    key: refused ? 'status.rejected' : 'status.ended',
    params: { at: step.at, status: step.status, reason: reason ?? 'other' },
  };
}

/** The steps that were asked for, the first one first. */
export function onTimelineRead(scene: Scene, event: EventOf<'timelineRead'>): void {
  const { cases } = scene.context;
  const known = cases.find(({ caseId }) => caseId === event.caseId);
  if (!known) return;
  scene.asks = true;
  const { number, serial, answerBy, draft } = known;
  // Sending the answer to a request again is no step that anybody has to hear of twice.
  const steps = event.steps.filter(
    ({ status }, index) => status !== event.steps[index - 1]?.status,
  );
  const repaired = cases.find(({ caseId }) => caseId === draft.repairs);
  const lines = steps
    .map((step, index) => lineOf(known, step, index === steps.length - 1))
    .slice(-MOST_STEPS);
  if (repaired) {
    const params = { number: repaired.number };
    lines.unshift({ label: 'follow.repairs', key: 'follow.number', params });
  }
  if (isOpen(known) && known.status !== 'needsInfo') {
    lines.push({ label: 'follow.by', key: 'follow.at', params: { at: answerBy } });
  }
  scene.say(
    'follow.timeline',
    { number, serial },
    {
      lines,
      progress: progressOf(known.caseId),
      caseId: known.caseId,
      choices: choicesFor(scene, known),
    },
  );
}
