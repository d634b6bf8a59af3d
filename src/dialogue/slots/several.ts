import { isOpenCase } from '../../domain/case.ts';
import { whyNot } from '../../domain/lan-device.ts';
import { parseSerial } from '../../domain/serial.ts';
import { type BatchDevice, MOST_AT_ONCE, openBatch } from '../batch.ts';
import type { Form } from '../conversation.ts';
import { type Folded, isOneOf, keyOf } from '../normalise.ts';
import type { Choice, Line, Reply } from '../reply.ts';
import type { Scene } from '../scene.ts';
import { fillSerial, type SerialSource } from './fill-serial.ts';
import { deviceAt, isScanned, lineOf, PAGE } from './scanned.ts';

// Several devices out of one list or one message: each becomes a form of its own (see ../batch.ts).

type Draft = NonNullable<Form['drafts']['serial']>;

const LISTS: ReadonlySet<SerialSource> = new Set(['scanner', 'screenshot']);

const WORDS = {
  several: ['chọn nhiều thiết bị', 'nhiều thiết bị', 'chọn nhiều', 'pick several', 'several'],
  single: ['chỉ một thiết bị', 'một thiết bị', 'only one device', 'only one', 'just one'],
} as const;
const DONE = ['xong', 'xong rồi', 'chọn xong', 'done'];

/** "Tất cả 3 thiết bị", "cả 3", "all 3 devices"; of a longer list "làm 10 thiết bị đầu". */
function isAll({ plain }: Folded): boolean {
  return (
    /^(?:tat ca|ca|all)(?: \d{1,2})?(?: (?:thiet bi|may|devices|of them))?$/.test(plain) ||
    /^(?:lam \d{1,2} thiet bi dau|the first \d{1,2} devices)$/.test(plain)
  );
}

function isTaking(text: Folded): boolean {
  return isOneOf(text, DONE) || /^(?:lam|take) \d{1,2} (?:thiet bi|devices?)$/.test(text.plain);
}

/** Whether several devices of an offered list may be picked. */
function mayPickSeveral(scene: Scene, form: Form, draft: Draft): boolean {
  return (
    LISTS.has(draft.source) &&
    draft.candidates.length > 1 &&
    !form.repairs &&
    !scene.value(form, 'serial')
  );
}

/** The button that begins it; none where only one device can be meant. */
export function severalChoice(scene: Scene, form: Form, draft: Draft): Choice[] {
  if (!mayPickSeveral(scene, form, draft)) return [];
  return [scene.choice(form, 'serial', 'several', 'batch.choice.several')];
}

/** A form for each; where only one of them has no case yet, that one alone. */
function takeTogether(scene: Scene, form: Form, devices: readonly BatchDevice[]): void {
  if (openBatch(scene, form, devices)) return;
  const open = scene.context.cases.filter(({ status }) => isOpenCase(status));
  const free = devices.find(({ serial }) => !open.some((one) => one.serial === serial.short));
  const only = free ?? devices[0];
  if (only) fillSerial(scene, form, only.serial, only.source, only.scan);
}

function devicesAt(draft: Draft, places: readonly number[]): BatchDevice[] {
  return places.flatMap((place): BatchDevice[] => {
    if (!isScanned(draft)) {
      const serial = draft.candidates[place];
      return serial ? [{ serial, source: draft.source }] : [];
    }
    const at = deviceAt(draft, place);
    return at ? [{ serial: at.device.serial, source: 'scanner', scan: at.note }] : [];
  });
}

/** Puts a device among those that are picked, or says why it stays out. */
function tick(scene: Scene, draft: Draft, place: number): void {
  const picked = draft.picked ?? [];
  if (picked.includes(place) || !draft.candidates[place]) return;
  const device = isScanned(draft) ? deviceAt(draft, place)?.device : undefined;
  const why = device ? whyNot(device) : null;
  const serial = draft.candidates[place].short;
  if (why) scene.say('batch.cannot', { serial, why });
  else if (picked.length === MOST_AT_ONCE) scene.say('batch.full', { limit: MOST_AT_ONCE, serial });
  else draft.picked = [...picked, place];
}

/** The places that a text names: numbers of the buttons that are shown, or serials of the list. */
function placesIn(draft: Draft, text: Folded): number[] | null {
  const from = (draft.page ?? 0) * PAGE;
  const shown = draft.candidates.slice(from, from + PAGE).length;
  if (/^(?:(?:so|chon|no) )?\d{1,2}(?:(?: ?[,;&+] ?| va | and | )\d{1,2})+$/.test(text.plain)) {
    const numbers = (text.plain.match(/\d+/g) ?? []).map(Number);
    const all = numbers.every((number) => number >= 1 && number <= shown);
    return all ? numbers.map((number) => from + number - 1) : null;
  }
  const parsed = parseSerial(text.raw);
  if (parsed.kind !== 'several') return null;
  const places = parsed.serials.map(({ short }) =>
    draft.candidates.findIndex((candidate) => candidate.short === short),
  );
  return places.includes(-1) ? null : places;
}

/** Takes a text about several devices; false when it is about none or one. */
export function hearSeveral(scene: Scene, form: Form, draft: Draft, text: Folded): boolean {
  if (draft.all && isAll(text)) return chooseSeveral(scene, form, draft, 'all');
  if (!mayPickSeveral(scene, form, draft)) return false;
  const word = keyOf(text, WORDS);
  if (word) return chooseSeveral(scene, form, draft, word);
  if (draft.picked && isTaking(text)) return chooseSeveral(scene, form, draft, 'take');
  const picking = draft.picked !== undefined;
  const places = isAll(text) ? [...draft.candidates.keys()] : placesIn(draft, text);
  if (!places) return false;
  draft.picked ??= [];
  for (const place of places) {
    if (isAll(text) && draft.picked.length === MOST_AT_ONCE) break;
    tick(scene, draft, place);
  }
  // Whoever named them in one go is done; a whole list is looked at once more.
  if (!picking && !isAll(text)) takePicked(scene, form, draft);
  return true;
}

function takePicked(scene: Scene, form: Form, draft: Draft): void {
  const devices = devicesAt(draft, draft.picked ?? []);
  if (devices.length > 0) takeTogether(scene, form, devices);
}

/** Takes a button about several devices; false for one that is about none or one. */
export function chooseSeveral(scene: Scene, form: Form, draft: Draft, value: string): boolean {
  if (value === 'all' && draft.all) {
    takeTogether(scene, form, devicesAt(draft, [...draft.candidates.keys()]));
    return true;
  }
  if (!mayPickSeveral(scene, form, draft)) return false;
  if (value === 'several') {
    delete draft.cannot;
    draft.picked = [];
    return true;
  }
  const { picked } = draft;
  if (!picked) return false;
  if (value === 'single') {
    delete draft.picked;
    return true;
  }
  if (value === 'take') {
    takePicked(scene, form, draft);
    return true;
  }
  const digits = /^c(\d{1,3})$/.exec(value)?.[1];
  if (digits === undefined) return false;
  const place = Number(digits);
  if (picked.includes(place)) draft.picked = picked.filter((other) => other !== place);
  else tick(scene, draft, place);
  return true;
}

/** Which of the list, with those that are picked marked. */
export function askSeveral(scene: Scene, form: Form, draft: Draft): Reply {
  const { candidates, page = 0, picked = [] } = draft;
  const from = page * PAGE;
  const shown = candidates.slice(from, from + PAGE);
  const choice = (value: string, key: string, more?: Partial<Choice>) =>
    scene.choice(form, 'serial', value, key, more);
  const serials = picked.map((place) => candidates[place]?.short ?? '').join(', ');
  const lines = shown.flatMap((_, index): Line[] => {
    const device = isScanned(draft) ? deviceAt(draft, from + index)?.device : undefined;
    return device ? [lineOf(scene, form, device, index + 1)] : [];
  });
  return {
    key: picked.length > 0 ? 'batch.picked' : 'batch.pick',
    params: { count: picked.length, limit: MOST_AT_ONCE, serials },
    ...(lines.length > 0 ? { lines } : {}),
    choices: [
      ...shown.map(({ short: serial }, index) => {
        const key = picked.includes(from + index) ? 'batch.choice.ticked' : 'serial.choice.this';
        return choice(`c${from + index}`, key, { params: { serial } });
      }),
      ...(candidates.length > PAGE ? [choice('more', 'serial.choice.more')] : []),
      ...(picked.length > 0
        ? [
            choice('take', 'batch.choice.take', {
              params: { count: picked.length },
              style: 'primary',
            }),
          ]
        : []),
      choice('single', 'batch.choice.single'),
    ],
  };
}

/** All devices of a message, or one of them; of more than fit the first ones, and it says so. */
export function askWhetherAll(draft: Draft): Pick<Reply, 'key' | 'params'> {
  const count = draft.candidates.length;
  const params = { count, limit: MOST_AT_ONCE };
  if (draft.more) return { key: 'batch.whichOfMore', params };
  return { key: count > MOST_AT_ONCE ? 'batch.whichOfMany' : 'batch.which', params };
}

/** The button for all of them. */
export function allChoice(scene: Scene, form: Form, { candidates }: Draft): Choice {
  const many = candidates.length > MOST_AT_ONCE;
  return scene.choice(form, 'serial', 'all', many ? 'batch.choice.first' : 'batch.choice.all', {
    params: { count: Math.min(candidates.length, MOST_AT_ONCE) },
    style: 'primary',
  });
}
