import { whyNot } from '../domain/lan-device.ts';
import { promise } from '../domain/promise.ts';
import type { CaseSummary } from './context.ts';
import type { Form } from './conversation.ts';
import type { CaseDraft, CasePhoto } from './effect.ts';
import { isVerification, moveFocus, removeSentForm } from './forms.ts';
import { remindOfWaiting } from './reminders.ts';
import { isStale } from './sadp.ts';
import type { Scene } from './scene.ts';
import { judgePhoto } from './sightings.ts';
import { apply } from './verification.ts';

function photosOf(scene: Scene, form: Form): CasePhoto[] {
  const claim = scene.value(form, 'serial')?.serial.short ?? '';
  return form.photos
    .filter((photo) => photo.use === 'evidence')
    .map(({ blobId, reading }) => ({
      blobId,
      reading,
      verdict: judgePhoto({ reading }, claim),
    }));
}

/** What an agent should look at before deciding. */
function flagsOf(scene: Scene, form: Form): string[] {
  const flags: string[] = [];
  const string = scene.value(form, 'sadpString');
  if (scene.value(form, 'proof')?.verdict === 'unverified') flags.push('proofUnverified');
  const scan = scene.value(form, 'serial')?.scan;
  const why = scan && whyNot(scan.device);
  if (why) flags.push(`scanner-${why}`);
  if (!string || !scene.needed(form).includes('sadpString')) return flags;
  if (isStale(scene, string, scene.event.at)) flags.push('sadpStringStale');
  if (string.format === 'unknown') flags.push('sadpStringUnknown');
  const claim = scene.value(form, 'serial')?.serial.short;
  if (string.fileSerial && string.fileSerial !== claim) flags.push('sadpFileOtherSerial');
  return flags;
}

/**
 * What a complete form becomes. Dormant slots (a string that is no longer needed) are left out.
 * Null while something is missing.
 */
function draftOf(scene: Scene, form: Form): CaseDraft | null {
  const network = scene.value(form, 'network');
  const serial = scene.value(form, 'serial');
  const proof = scene.value(form, 'proof');
  const consent = scene.value(form, 'consent');
  if (!network || !serial || !proof || !consent) return null;
  const needed = scene.needed(form);
  const flow = scene.flow(form);
  const same = form.repairs?.as === 'sameCase' ? form.repairs.caseId : null;
  return {
    caseId: same ?? `${scene.conversation.id}-${form.id}`,
    formId: form.id,
    flow: flow.flow,
    flowVersion: flow.version,
    ...batchIn(scene, form),
    repairs: form.repairs && !same ? form.repairs.caseId : null,
    network: network.network,
    serial: serial.serial,
    serialSource: serial.source,
    ...(serial.scan ? { scan: serial.scan } : {}),
    photos: photosOf(scene, form),
    proof: proof.verdict,
    proofWhy: proof.why,
    sadp: needed.includes('sadpString') ? scene.value(form, 'sadpString') : null,
    flags: flagsOf(scene, form),
    answer: needed.includes('answer') ? (scene.value(form, 'answer')?.text ?? null) : null,
    consentVersion: consent.version,
    submittedAt: scene.event.at,
    promise: promise(scene.context.calendar, scene.event.at, scene.context.settings.slaMinutes),
  };
}

/** A repaired case stays among those that it was sent with. */
function batchIn(scene: Scene, form: Form): { batch?: string } {
  const repaired = scene.context.cases.find(({ caseId }) => caseId === form.repairs?.caseId);
  const batch = form.batch ?? repaired?.draft.batch;
  return batch === undefined ? {} : { batch };
}

/** Sends a complete form. The outcome comes back as an event of its own. */
export function submit(scene: Scene, form: Form): void {
  if (isVerification(form)) apply(scene, form);
  else submitCase(scene, form);
}

function submitCase(scene: Scene, form: Form): void {
  const draft = draftOf(scene, form);
  if (!draft) throw new Error('A form without an open question must be complete.');
  const { conversation } = scene;
  conversation.heldSecrets = conversation.heldSecrets.filter(
    (ref) => ref !== draft.sadp?.ref && !form.drafts.pieces.includes(ref),
  );
  remindOfWaiting(scene, draft);
  const summary = scene.context.cases.find((known) => known.caseId === draft.caseId);
  if (form.repairs?.as === 'sameCase' && summary) {
    sendAgain(scene, form, summary, draft);
    return;
  }
  scene.effects.push({ kind: 'submit', draft });
  form.phase = 'submitting';
  if (scene.conversation.focus === form.id) moveFocus(scene);
  if (form.batch === null) scene.say('case.sending');
}

/** The same case with what was asked for; one that nobody had asked about stays where it is. */
function sendAgain(scene: Scene, form: Form, summary: CaseSummary, draft: CaseDraft): void {
  scene.effects.push({
    kind: 'changeCase',
    caseId: summary.caseId,
    revision: summary.revision + 1,
    status: summary.status === 'needsInfo' ? 'submitted' : summary.status,
    reason: null,
    note: null,
    by: null,
    draft: summary.draft.backend ? { ...draft, backend: summary.draft.backend } : draft,
  });
  scene.effects.push({ kind: 'submit', draft });
  const replaced = summary.draft.sadp?.ref;
  const others = scene.context.cases.filter((known) => known.caseId !== summary.caseId);
  if (
    replaced &&
    replaced !== draft.sadp?.ref &&
    !others.some((known) => known.draft.sadp?.ref === replaced)
  ) {
    scene.effects.push({ kind: 'dropSecret', ref: replaced });
  }
  removeSentForm(scene, form, draft);
  scene.say(
    `case.sentAgain.${draft.promise.why === 'inHours' ? 'inHours' : 'later'}`,
    {
      number: summary.number,
      answerBy: draft.promise.answerBy,
      minutes: scene.context.settings.slaMinutes,
    },
    { caseId: summary.caseId, choices: [scene.action('status', 'choice.status')] },
  );
  scene.asks = true;
}
