import { isOpenCase } from '../domain/case.ts';
import type { ScanNote } from '../domain/lan-scan.ts';
import type { Serial } from '../domain/serial.ts';
import type { CaseSummary } from './context.ts';
import type { Form, SlotName, SlotValue } from './conversation.ts';
import { openBeside } from './forms.ts';
import { caseLine } from './patterns/status.ts';
import type { Choice } from './reply.ts';
import type { Scene } from './scene.ts';

// Several devices in one go: a form each, with the same `batch`. What belongs to a device is asked
// one device after the other; consent, verification and review once for all of them.

/** Devices that are filled in together at most. */
export const MOST_AT_ONCE = 10;

const TOGETHER: readonly SlotName[] = ['consent', 'verified', 'review'];

/** The open forms of this form's batch, itself included, in their order. */
export function batchOf(scene: Scene, form: Form): Form[] {
  if (form.batch === null) return [form];
  return scene.conversation.forms.filter(
    (other) => other.batch === form.batch && other.phase === 'open',
  );
}

function shows(photo: Form['photos'][number], short: string): boolean {
  return photo.reading?.outcome === 'read' && photo.reading.serials.some((s) => s.short === short);
}

/** A device of a batch, as it was named. */
export interface BatchDevice {
  serial: Serial;
  source: SlotValue<'serial'>['source'];
  /** What a scanner said of it. */
  scan?: ScanNote;
}

/**
 * Opens a form for each device, with the photos that show it. Devices with an open case of this
 * account are left out, and those that are too many; each is said.
 *
 * @returns false where fewer than two are left
 */
export function openBatch(scene: Scene, form: Form, devices: readonly BatchDevice[]): boolean {
  const open = scene.context.cases.filter(({ status }) => isOpenCase(status));
  const isBusy = ({ serial }: BatchDevice) => open.some((one) => one.serial === serial.short);
  const free = devices.filter((device) => !isBusy(device));
  const taken = free.slice(0, MOST_AT_ONCE);
  const [first, ...others] = taken;
  if (!first || others.length === 0) return false;
  scene.conversation.counter += 1;
  const batch = `b${scene.conversation.counter}`;
  const photos = form.photos;
  const ofOthers = (photo: Form['photos'][number]) =>
    !shows(photo, first.serial.short) && others.some(({ serial }) => shows(photo, serial.short));
  form.batch = batch;
  form.photos = photos.filter((photo) => !ofOthers(photo));
  form.drafts.serial = null;
  scene.fill(form, 'serial', first);
  for (const device of others) {
    const other = openBeside(scene);
    other.batch = batch;
    other.photos = photos
      .filter((photo) => shows(photo, device.serial.short))
      .map((photo, index) => ({ ...photo, photoId: `${other.id}p${index}` }));
    const network = scene.value(form, 'network');
    if (network) scene.fill(other, 'network', network);
    scene.fill(other, 'serial', device);
  }
  scene.say('batch.taken', { count: taken.length });
  sayLeftOut(scene, 'batch.busy', devices.filter(isBusy));
  sayLeftOut(scene, 'batch.left', free.slice(MOST_AT_ONCE));
  scene.asks = true;
  return true;
}

function sayLeftOut(scene: Scene, key: string, devices: readonly BatchDevice[]): void {
  if (devices.length === 0) return;
  const serials = devices.map(({ serial }) => serial.short).join(', ');
  scene.say(key, { limit: MOST_AT_ONCE, count: devices.length, serials });
}

/** A network that was told of one device of a batch is that of the others. */
export function shareNetwork(scene: Scene, form: Form): void {
  const network = scene.value(form, 'network');
  for (const other of batchOf(scene, form)) {
    if (network && !scene.value(other, 'network')) scene.fill(other, 'network', network);
  }
}

/** Once nothing is open of the device in focus, the next one of its batch that lacks something. */
export function goOnInBatch(scene: Scene): void {
  const form = scene.focus;
  if (form?.batch == null || scene.agentOwns) return;
  const lacks = (one: Form) => {
    const at = scene.asked(one);
    return at !== null && !TOGETHER.includes(at);
  };
  if (lacks(form)) return;
  const together = batchOf(scene, form);
  const next = together.find(lacks);
  if (!next) return;
  scene.conversation.focus = next.id;
  scene.say('batch.next', {
    serial: scene.value(next, 'serial')?.serial.short ?? '',
    at: together.indexOf(next) + 1,
    of: together.length,
  });
  scene.asks = true;
}

/** Whether a device of the batch is still on its way to its case. */
function isBeingSent(scene: Scene, batch: string): boolean {
  return scene.conversation.forms.some(
    (form) => form.batch === batch && form.phase === 'submitting',
  );
}

/**
 * How all devices that were sent together stand, in one message that takes the place of the one
 * before. While they are being sent only the first word of it is said.
 *
 * @param changed how a case stands after this turn
 */
export function tellBatch(
  scene: Scene,
  batch: string,
  changed?: Pick<CaseSummary, 'caseId' | 'status' | 'reason'>,
  choices: Choice[] = [],
): void {
  const known = scene.context.cases
    .filter((one) => one.draft.batch === batch && one.conversationId === scene.conversation.id)
    .map((one) => (one.caseId === changed?.caseId ? { ...one, ...changed } : one))
    .toReversed();
  const sending = isBeingSent(scene, batch);
  if (sending && known.length > 0) return;
  if (!sending && known.length === 0) return;
  const ended = known.filter(({ status }) => !isOpenCase(status)).length;
  scene.push({
    key: sending ? 'batch.sending' : 'batch.progress',
    params: { done: ended, count: known.length },
    ...(sending ? {} : { lines: known.map(caseLine) }),
    progress: batch,
    ...(sending
      ? {}
      : {
          choices: [
            ...choices,
            scene.action('status', 'choice.view'),
            scene.action('start', 'choice.new', 'new'),
          ],
        }),
  });
}
