import { isOpenCase } from '../../domain/case.ts';
import type { CaseSummary } from '../context.ts';
import type { EventOf } from '../event.ts';
import { closeForm, removeSentForm } from '../forms.ts';
import { sayIdle } from '../greeting.ts';
import type { Choice } from '../reply.ts';
import type { Scene } from '../scene.ts';
import type { Pattern } from './pattern.ts';
import { caseLine } from './status.ts';

const params = ({ number, serial }: CaseSummary) => ({ number, serial });

/** The account's case of this number; says so where there is none. */
export function caseNamed(scene: Scene, number: string): CaseSummary | null {
  const known = scene.context.cases.find((one) => one.number === number.toUpperCase());
  if (!known && scene.focus) scene.say('status.notYours');
  else if (!known) sayIdle(scene, 'status.notYours');
  return known ?? null;
}

/** What may be done about a case. */
export function choicesFor(scene: Scene, { number, status }: CaseSummary): Choice[] {
  const withdraw = { params: { number }, style: 'danger' as const };
  return [
    scene.action('share', 'follow.choice.share', number, { params: { number } }),
    ...(isOpenCase(status)
      ? [scene.action('withdraw', 'follow.choice.withdraw', number, withdraw)]
      : []),
  ];
}

/** One case, with what may be done about it: a link for the owner, or to withdraw it. */
export const follow: Pattern = {
  name: 'follow',
  phrases: [],
  commands: [],
  valueIn: ({ plain }) =>
    /^(?:xem |show )?(?:ho so |case )?(ub-\d{1,12})$/.exec(plain)?.[1] ?? null,
  run(scene, value) {
    scene.asks = true;
    const known = caseNamed(scene, value);
    if (!known) return;
    const { number } = known;
    scene.say('follow.one', params(known), {
      lines: [caseLine(known)],
      caseId: known.caseId,
      choices: [
        scene.action('timeline', 'follow.choice.timeline', number, { params: { number } }),
        ...choicesFor(scene, known),
      ],
    });
    scene.asks = false;
  },
};

/** A link for the device's owner: to the case that is named, else to the newest one. */
export const share: Pattern = {
  name: 'share',
  phrases: [
    'liên kết cho chủ thiết bị',
    'gửi cho chủ thiết bị',
    'chia sẻ',
    'chia sẻ hồ sơ',
    'link for the owner',
    'share',
    'share the case',
  ],
  commands: ['share', 'chiase'],
  valueIn: ({ plain }) =>
    /^(?:link cho chu|link for owner) (ub-\d{1,12})$/.exec(plain)?.[1] ?? null,
  run(scene, value) {
    scene.asks = true;
    const newest = scene.context.cases[0];
    const known = value === '-' && newest ? newest : caseNamed(scene, value);
    if (!known) return;
    scene.effects.push({ kind: 'share', caseId: known.caseId });
    scene.say('follow.sharing', undefined, { progress: `share:${known.caseId}` });
    scene.asks = false;
  },
};

/** The link that was asked for. */
export function onShareOffered(scene: Scene, event: EventOf<'shareOffered'>): void {
  const known = scene.context.cases.find(({ caseId }) => caseId === event.caseId);
  if (!known) return;
  const { number } = known;
  const progress = `share:${known.caseId}`;
  const { url, expiresAt } = event;
  if (url === null) scene.say('follow.noAddress', { number }, { progress });
  else scene.say('follow.shared', { number, url, expiresAt }, { progress });
  scene.asks = true;
}

const SURE = 'yes-';

/** Takes a case back that was sent: asked once more, then at once. */
export const withdraw: Pattern = {
  name: 'withdraw',
  phrases: [],
  commands: [],
  valueIn({ plain }) {
    const [, sure, number] =
      /^(?:(rut han|yes, withdraw)|rut ho so|withdraw)(?: case)? (ub-\d{1,12})$/.exec(plain) ?? [];
    return number === undefined ? null : `${sure ? SURE : ''}${number}`;
  },
  run(scene, value) {
    scene.asks = true;
    const sure = value.startsWith(SURE);
    const known = caseNamed(scene, sure ? value.slice(SURE.length) : value);
    if (!known) return;
    const { number, caseId } = known;
    if (!isOpenCase(known.status)) scene.say('follow.notOpen', { number });
    else if (known.conversationId !== scene.conversation.id) {
      scene.say('follow.elsewhere', { number });
    } else if (sure) withdrawNow(scene, known);
    else {
      const yes = { params: { number }, style: 'danger' as const };
      scene.say('follow.withdrawAsk', params(known), {
        caseId,
        choices: [
          scene.action('withdraw', 'follow.choice.withdrawYes', SURE + number, yes),
          scene.action('status', 'choice.status'),
        ],
      });
      scene.asks = false;
    }
  },
};

function withdrawNow(scene: Scene, known: CaseSummary): void {
  const { caseId, revision } = known;
  scene.effects.push({
    kind: 'changeCase',
    caseId,
    revision: revision + 1,
    status: 'cancelled',
    reason: null,
    note: null,
    by: null,
  });
  for (const form of scene.conversation.forms) {
    const sending = form.phase === 'submitting' && form.id === known.formId;
    if (sending) removeSentForm(scene, form, known.draft);
    else if (form.repairs?.caseId === caseId) closeForm(scene, form);
  }
  scene.say('follow.withdrawn', params(known), {
    caseId,
    choices: [scene.action('status', 'choice.status'), scene.action('start', 'choice.new', 'new')],
  });
}
