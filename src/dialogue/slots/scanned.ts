import { isOpenCase } from '../../domain/case.ts';
import { type LanDevice, type WhyNot, whyNot } from '../../domain/lan-device.ts';
import { type LanScan, noteOn, type ScanNote, type ScanWay } from '../../domain/lan-scan.ts';
import { joinScans } from '../../domain/lan-text.ts';
import type { Form } from '../conversation.ts';
import { type Folded, isOneOf, keyOf } from '../normalise.ts';
import type { Choice, Line, Reply } from '../reply.ts';
import type { Scene } from '../scene.ts';

/** Devices that one question shows, the others behind [more]. */
export const PAGE = 6;
/** Fewer last characters of a serial are told by too many people for too many things. */
const LEAST_TAIL = 4;

const SCAN_WORDS = [
  'quét',
  'quét lại',
  'quét mạng',
  'quét mạng lan',
  'quét thiết bị',
  'quét thiết bị trong mạng',
  'scan',
  'scan again',
  'scan my network',
];

const CANNOT_WORDS = {
  other: ['chọn thiết bị khác', 'thiết bị khác', 'choose another', 'another device'],
  anyway: ['vẫn chọn', 'vẫn chọn thiết bị này', 'cứ chọn', 'choose it anyway', 'anyway'],
} as const;

type Draft = NonNullable<Form['drafts']['serial']>;
export type ScannedDraft = Draft & { scan: NonNullable<Draft['scan']> };

/** Whether the open question is about a scanner's list. */
export function isScanned(draft: Draft | null): draft is ScannedDraft {
  return draft?.scan !== undefined;
}

/**
 * Takes what a scanner saw. The device that the form claims already is sighted by it; else its
 * devices are offered, and nothing is filled before one is picked.
 */
export function takeScan(scene: Scene, form: Form, part: LanScan, way: ScanWay): void {
  scene.asks = true;
  const open = form.drafts.serial?.scan;
  const scan = open ? joinScans(open, part) : part;
  if (scan.devices.length === 0) {
    scene.say('lan.none');
    return;
  }
  if (sight(scene, form, scan, way)) return;
  // Those that cannot be unbound come last; otherwise the scanner's order, by address.
  const devices = scan.devices.toSorted(
    (a, b) => Number(whyNot(a) !== null) - Number(whyNot(b) !== null),
  );
  form.drafts.serial = {
    candidates: devices.map(({ serial }) => ({ short: serial.short })),
    source: 'scanner',
    scan: { ...scan, devices, way },
  };
  // Buttons of an earlier list must not pick from this one, and a filled serial stays.
  const slot = form.slots.serial;
  if (slot?.state === 'filled') slot.revision += 1;
  else scene.renew(form, 'serial');
}

/** The claimed serial stays and is better known now: nothing that has to be reviewed again. */
function sight(scene: Scene, form: Form, scan: LanScan, way: ScanWay): boolean {
  const slot = form.slots.serial;
  if (slot?.state !== 'filled') return false;
  const { short } = slot.value.serial;
  const device = scan.devices.find(({ serial }) => serial.short === short);
  if (!device) return false;
  form.drafts.serial = null;
  slot.value.source = 'scanner';
  slot.value.scan = noteOn(scan, way, device);
  scene.say(canScan(scene, form) ? 'lan.sighted' : 'serial.same', { serial: short });
  const why = whyNot(device);
  if (why) scene.say(`lan.cannot.${why}`, { serial: short });
  return true;
}

/** How it is asked for: on the LAN a scanner can be of help. */
export function askPlainly(scene: Scene, form: Form): Reply {
  const scan = scene.choice(form, 'serial', 'scan', 'lan.choice.scan');
  return { key: 'serial.ask', ...(canScan(scene, form) ? { choices: [scan] } : {}) };
}

/** Whether a scanner can be of help: only beside the device. */
export function canScan(scene: Scene, form: Form): boolean {
  return scene.value(form, 'network')?.network === 'lan';
}

/** The code follows at once, in the place of what is said here. */
export function askForCode(scene: Scene, form: Form): void {
  const pairId = `${form.id}c${scene.event.at.toString(36)}`;
  scene.effects.push({ kind: 'pair', pairId, formId: form.id });
  scene.say('lan.making', undefined, { progress: pairId });
  scene.asks = false;
}

/** The device at a place of the list, and what a case will carry of it. */
export function deviceAt(
  { scan }: ScannedDraft,
  place: number,
): { device: LanDevice; note: ScanNote } | null {
  const device = scan.devices[place];
  return device ? { device, note: noteOn(scan, scan.way, device) } : null;
}

/** Whether a text asks for a scan, or for another one. */
export function wantsScan(text: Folded): boolean {
  return isOneOf(text, SCAN_WORDS);
}

/**
 * The button that a text means: what to do about a device that cannot be unbound, or the one device
 * with this address or this end of its serial. Null for none.
 */
export function choiceNamed({ scan, cannot }: ScannedDraft, text: Folded): string | null {
  const answer = cannot === undefined ? null : keyOf(text, CANNOT_WORDS);
  if (answer) return answer === 'anyway' ? `anyway${cannot}` : answer;
  const word = text.raw.trim().toUpperCase();
  const meant = scan.devices.filter(
    ({ serial, ip }) => ip === word || (word.length >= LEAST_TAIL && serial.short.endsWith(word)),
  );
  const [only] = meant;
  return only && meant.length === 1 ? `c${scan.devices.indexOf(only)}` : null;
}

/**
 * Which device of the list, or what to do about one that says it cannot be unbound.
 *
 * @param several the button that picks more than one, where that is possible
 */
export function askScanned(
  scene: Scene,
  form: Form,
  draft: ScannedDraft,
  several: Choice[],
): Reply {
  const doubted = draft.cannot === undefined ? null : deviceAt(draft, draft.cannot)?.device;
  const why = doubted && whyNot(doubted);
  return doubted && why
    ? askAnyway(scene, form, doubted, { why, place: draft.cannot ?? 0 })
    : askWhich(scene, form, draft, several);
}

function askAnyway(
  scene: Scene,
  form: Form,
  { serial }: LanDevice,
  { why, place }: { why: WhyNot; place: number },
): Reply {
  const choice = (value: string, text: string) => scene.choice(form, 'serial', value, text);
  return {
    key: `lan.cannot.${why}`,
    params: { serial: serial.short },
    choices: [
      choice('scan', 'lan.choice.again'),
      choice('other', 'lan.choice.other'),
      // It names its device: pressed later, it must not mean another one.
      choice(`anyway${place}`, 'lan.choice.anyway'),
    ],
  };
}

function askWhich(
  scene: Scene,
  form: Form,
  { scan, page = 0 }: ScannedDraft,
  several: Choice[],
): Reply {
  const { devices } = scan;
  const from = page * PAGE;
  const shown = devices.slice(from, from + PAGE);
  const filled = scene.value(form, 'serial')?.serial.short;
  const choice = (value: string, key: string, params?: Reply['params']) =>
    scene.choice(form, 'serial', value, key, params ? { params } : {});
  return {
    key: devices.length > PAGE ? 'lan.longList' : 'lan.list',
    params: { count: devices.length, from: from + 1, to: from + shown.length },
    lines: shown.map((device, index) => lineOf(scene, form, device, index + 1)),
    choices: [
      ...shown.map(({ serial }, index) =>
        choice(`c${from + index}`, 'serial.choice.this', { serial: serial.short }),
      ),
      ...(devices.length > PAGE ? [choice('more', 'serial.choice.more')] : []),
      ...several,
      filled
        ? choice('no', 'serial.choice.keep', { serial: filled })
        : choice('no', 'serial.choice.notListed'),
    ],
  };
}

/** A device with its mark: a case that it has already, else what speaks against it. */
export function lineOf(scene: Scene, form: Form, device: LanDevice, number: number): Line {
  const { serial, model, ip } = device;
  const known = scene.context.cases.find(
    (one) => one.serial === serial.short && one.caseId !== form.repairs?.caseId,
  );
  const why = whyNot(device);
  const params = { number, serial: serial.short, model, ip: ip ?? '–' };
  const line = { label: 'lan.device.name' };
  if (known && isOpenCase(known.status)) {
    return { ...line, key: 'lan.device.openCase', params: { ...params, case: known.number } };
  }
  if (why) return { ...line, key: 'lan.device.marked', params: { ...params, why } };
  if (known) {
    return { ...line, key: 'lan.device.pastCase', params: { ...params, case: known.number } };
  }
  return { ...line, key: 'lan.device.plain', params };
}
