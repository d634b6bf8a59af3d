import { whyNot } from '../../domain/lan-device.ts';
import { parseSerial, type Serial, type SerialParse } from '../../domain/serial.ts';
import type { Form } from '../conversation.ts';
import { type Folded, isText, keyOf } from '../normalise.ts';
import type { Reply } from '../reply.ts';
import type { Scene, Slot } from '../scene.ts';
import { fillSerial, type SerialSource } from './fill-serial.ts';
import {
  askForCode,
  askPlainly,
  askScanned,
  canScan,
  choiceNamed,
  deviceAt,
  isScanned,
  PAGE,
  type ScannedDraft,
  wantsScan,
} from './scanned.ts';
import {
  allChoice,
  askSeveral,
  askWhetherAll,
  chooseSeveral,
  hearSeveral,
  severalChoice,
} from './several.ts';
import { YES_NO } from './words.ts';

type Draft = NonNullable<Form['drafts']['serial']>;

/** Buttons that one question shows: of a list the part that fits, the others behind [more]. */
const FEW = 4;
/** Candidates that are remembered. */
const MOST = 100;

const LISTS: ReadonlySet<SerialSource> = new Set(['scanner', 'screenshot']);

const LIST_WORDS = {
  more: ['xem tiếp', 'tiếp', 'tiếp theo', 'xem thêm', 'more', 'next', 'show more'],
  no: ['không có trong danh sách', 'không thấy', 'not in the list', 'none of them'],
} as const;

/**
 * Asks "is it D12345678?" (or which of several) before anything is filled; over a serial that is
 * filled, whether to change it.
 *
 * @param each they are devices of their own, all of which may be meant; `more`: there are others
 */
export function proposeSerials(
  scene: Scene,
  form: Form,
  candidates: Serial[],
  source: SerialSource,
  each: boolean | 'more' = false,
): void {
  // A repair is about its device, and a filled serial about one.
  const all =
    each !== false && candidates.length > 1 && !form.repairs && !scene.value(form, 'serial');
  const most = source === 'screenshot' || all ? MOST : FEW;
  form.drafts.serial = {
    candidates: candidates.slice(0, most),
    source,
    ...(all ? { all, more: each === 'more' || candidates.length > most } : {}),
  };
  if (form.slots.serial?.state !== 'filled') scene.renew(form, 'serial');
  scene.asks = true;
}

/** Whether the serials of a list are devices of their own, and whether there were more of them. */
export function eachOf(parsed: SerialParse): boolean | 'more' {
  if (parsed.kind !== 'several' || parsed.unsure) return false;
  return parsed.more ? 'more' : true;
}

/** The serial alone, or with the words of its button: "đổi sang D12345678". */
export function names(text: Folded, short: string): boolean {
  const around = ['', 'đổi sang ', 'giữ ', 'số seri ', 'change to ', 'keep '];
  return around.some((words) => isText(text, `${words}${short}`));
}

/** Takes what a text says about the serial; false when it says nothing of the kind. */
function takeSerialText(scene: Scene, form: Form, text: string): boolean {
  const parsed = parseSerial(text);
  switch (parsed.kind) {
    case 'serial':
      if (parsed.corrected) proposeSerials(scene, form, [parsed.serial], 'typed');
      else fillSerial(scene, form, parsed.serial, 'typed');
      return true;
    case 'ambiguous':
      proposeSerials(scene, form, parsed.candidates, 'typed');
      return true;
    case 'several':
      proposeSerials(scene, form, parsed.serials, 'typed', eachOf(parsed));
      return true;
    case 'malformed':
      scene.refuse(form, 'serial', `serial.${parsed.problem}`, { seen: parsed.seen });
      return true;
    case 'none':
      return false;
  }
}

/** A device that says it cannot be unbound is asked about before it is taken. */
function pickScanned(
  scene: Scene,
  form: Form,
  draft: ScannedDraft,
  place: number,
  anyway: boolean,
): boolean {
  const picked = deviceAt(draft, place);
  if (!picked) return false;
  if (!anyway && whyNot(picked.device)) {
    draft.cannot = place;
    return true;
  }
  fillSerial(scene, form, picked.device.serial, 'scanner', picked.note);
  return true;
}

/** The question whether a filled serial should become another one. */
function askChange(scene: Scene, form: Form, from: string, candidates: Serial[]): Reply {
  const [only, more] = candidates;
  return {
    key: more ? 'serial.changeWhich' : 'serial.changeAsk',
    params: { from, to: only?.short ?? '' },
    choices: [
      ...candidates.map(({ short }, index) =>
        scene.choice(form, 'serial', `c${index}`, 'serial.choice.change', {
          params: { serial: short },
        }),
      ),
      scene.choice(form, 'serial', 'no', 'serial.choice.keep', { params: { serial: from } }),
    ],
  };
}

/** Which device of a list: none of them is the one meant by itself, not even a single one. */
function askFromList(scene: Scene, form: Form, draft: Draft): Reply {
  const { candidates, page = 0 } = draft;
  const from = page * PAGE;
  const shown = candidates.slice(from, from + PAGE);
  const more = scene.choice(form, 'serial', 'more', 'serial.choice.more');
  return {
    key: candidates.length > PAGE ? 'serial.fromLongList' : 'serial.fromList',
    params: { from: from + 1, to: from + shown.length, count: candidates.length },
    choices: [
      ...shown.map(({ short }, index) =>
        scene.choice(form, 'serial', `c${from + index}`, 'serial.choice.this', {
          params: { serial: short },
        }),
      ),
      ...(candidates.length > PAGE ? [more] : []),
      ...severalChoice(scene, form, draft),
      scene.choice(form, 'serial', 'no', 'serial.choice.notListed'),
    ],
  };
}

export const serial: Slot = {
  name: 'serial',
  ask(scene, form) {
    const draft = form.drafts.serial;
    const [only] = draft?.candidates ?? [];
    if (form.slots.serial?.state === 'pending') return { key: 'photo.stillLooking' };
    if (!draft || !only) return askPlainly(scene, form);
    if (draft.picked) return askSeveral(scene, form, draft);
    if (isScanned(draft)) return askScanned(scene, form, draft, severalChoice(scene, form, draft));
    const filled = scene.value(form, 'serial')?.serial.short;
    if (filled) return askChange(scene, form, filled, draft.candidates.slice(0, FEW));
    if (draft.source === 'screenshot') {
      return askFromList(scene, form, draft);
    }
    const none = scene.choice(form, 'serial', 'no', 'serial.choice.none');
    if (draft.candidates.length === 1) {
      return {
        key: draft.source === 'label' ? 'serial.confirmSeen' : 'serial.confirm',
        params: { serial: only.short },
        choices: [
          scene.choice(form, 'serial', 'c0', 'serial.choice.yes', { style: 'primary' }),
          none,
        ],
      };
    }
    return {
      ...(draft.all ? askWhetherAll(draft) : { key: 'serial.which' }),
      choices: [
        ...(draft.all ? [allChoice(scene, form, draft)] : []),
        ...draft.candidates.slice(0, FEW).map((candidate, index) =>
          scene.choice(form, 'serial', `c${index}`, 'serial.choice.this', {
            params: { serial: candidate.short },
          }),
        ),
        none,
      ],
    };
  },
  explain: () => [{ key: 'serial.explain', pictures: ['label-where'] }],
  hear(scene, form, text) {
    const draft = form.drafts.serial;
    if (canScan(scene, form) && wantsScan(text)) return this.choose(scene, form, 'scan');
    const meant = isScanned(draft) ? choiceNamed(draft, text) : null;
    if (meant) return this.choose(scene, form, meant);
    if (draft) {
      if (hearSeveral(scene, form, draft, text)) return true;
      const answer = keyOf(text, YES_NO);
      if (answer === 'no') return this.choose(scene, form, 'no');
      if (answer === 'yes' && draft.candidates.length === 1) return this.choose(scene, form, 'c0');
      const ofList = LISTS.has(draft.source) ? keyOf(text, LIST_WORDS) : null;
      if (ofList) return this.choose(scene, form, ofList);
      const named = draft.candidates.findIndex(({ short }) => names(text, short));
      if (named >= 0) return this.choose(scene, form, `c${named}`);
      const filled = scene.value(form, 'serial')?.serial.short;
      if (filled && names(text, filled)) return this.choose(scene, form, 'no');
    }
    return takeSerialText(scene, form, text.raw);
  },
  choose(scene, form, value) {
    const draft = form.drafts.serial;
    if (value === 'scan' && canScan(scene, form)) {
      askForCode(scene, form);
      return true;
    }
    if (!draft) return false;
    if (chooseSeveral(scene, form, draft, value)) return true;
    if (value === 'other') {
      delete draft.cannot;
      return true;
    }
    if (value === 'no') {
      this.dismiss?.(scene, form);
      return true;
    }
    if (value === 'more') {
      delete draft.cannot;
      const next = (draft.page ?? 0) + 1;
      draft.page = next * PAGE < draft.candidates.length ? next : 0;
      return true;
    }
    const [, how, digits] = /^(c|anyway)(\d{1,3})$/.exec(value) ?? [];
    const place = Number(digits);
    if (isScanned(draft)) return pickScanned(scene, form, draft, place, how === 'anyway');
    const candidate = draft.candidates[place];
    if (!candidate) return false;
    fillSerial(scene, form, candidate, draft.source);
    return true;
  },
  doubt: (form) => form.drafts.serial !== null,
  dismiss(scene, form) {
    form.drafts.serial = null;
    if (form.slots.serial?.state !== 'filled') scene.renew(form, 'serial');
  },
  show: (form) => {
    const slot = form.slots.serial;
    return slot?.state === 'filled'
      ? { key: 'serial.value', params: { serial: slot.value.serial.short } }
      : null;
  },
};
