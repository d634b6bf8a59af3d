import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ChannelNameSchema, EventSchema, FileContentSchema } from '../../src/dialogue/event.ts';
import { CaseStatusSchema, RefusalReasonSchema } from '../../src/domain/case.ts';
import { writeScan } from '../../src/domain/lan-text.ts';
import {
  FaultSchema,
  RefusedPictureSchema,
  type SeenSerial,
  TroubleSchema,
} from '../../src/domain/reading.ts';
import { scanOf } from './scans.ts';
import { sadpA, sadpB } from './strings.ts';
import { type Said, World } from './world.ts';

const PictureSchema = z.strictObject({
  shows: z.array(z.string()).optional(),
  seems: z.array(z.string()).optional(),
  /** Read from print beside its mark, but not surely. */
  prints: z.array(z.string()).optional(),
  /** A list of devices with these serials. */
  lists: z.array(z.string()).optional(),
  trouble: TroubleSchema.optional(),
  fault: FaultSchema.optional(),
  refused: RefusedPictureSchema.optional(),
  down: z.boolean().optional(),
  share: z.boolean().optional(),
  sadp: z.enum(['A', 'B']).optional(),
});

const StepSchema = z.strictObject({
  /** The chat in which it happens, from here on; the web page's at first. */
  in: ChannelNameSchema.optional(),
  /** Others read along. */
  group: z.literal(true).optional(),
  /** What happens: exactly one of these. */
  opened: z.enum(['vi', 'en']).optional(),
  person: z.string().optional(),
  /** The message's id, by which a later step edits it. */
  as: z.string().optional(),
  edit: z.strictObject({ message: z.string(), to: z.string() }).optional(),
  press: z.string().optional(),
  /** Presses a button of an earlier reply, by its label. */
  pressOld: z.string().optional(),
  photos: z.array(z.string()).optional(),
  caption: z.string().optional(),
  /** Photos whose bytes come with the results. */
  attached: z
    .strictObject({ photos: z.array(z.string()), album: z.string().optional() })
    .optional(),
  /** A scanner's list: "D10000001 off" is a device that says its service is off. */
  scan: z
    .strictObject({
      devices: z.array(z.string()),
      way: z.enum(['pairing', 'pasted', 'file']).default('pairing'),
      /** The form whose code was used. */
      form: z.string().optional(),
      /** Of a list that was pasted in parts of three devices, which one; from 1. */
      part: z.number().int().optional(),
      /** The text lost its end on the way. */
      cut: z.boolean().optional(),
    })
    .optional(),
  file: z.strictObject({ name: z.string(), content: FileContentSchema }).optional(),
  unsupported: z.string().optional(),
  results: z.literal('arrive').optional(),
  oneResult: z.literal('arrives').optional(),
  /** Whoever decides the case that is being sent does not take it yet, or never. */
  case: z.enum(['waits', 'isRefused']).optional(),
  timer: z.string().optional(),
  decide: z
    .strictObject({
      number: z.string().optional(),
      status: CaseStatusSchema,
      reason: RefusalReasonSchema.optional(),
      note: z.string().optional(),
      question: z.string().optional(),
      reopen: z.array(z.string()).optional(),
    })
    .optional(),
  agent: z
    .strictObject({
      act: z.enum(['takeOver', 'handBack', 'say']),
      text: z.string().optional(),
      agentId: z.string().optional(),
      agentName: z.string().optional(),
      from: z.string().optional(),
    })
    .optional(),
  /** The agent who has the conversation changes a slot of the form in focus. */
  slot: z
    .strictObject({
      slot: z.string(),
      act: z.enum(['fill', 'empty', 'lock', 'unlock']).default('fill'),
      value: z.string().optional(),
      agentId: z.string().default('lan'),
      /** An older revision than the present one. */
      old: z.boolean().optional(),
    })
    .optional(),
  verified: z.boolean().optional(),
  /** The office refuses the company's verification. */
  unverified: z
    .strictObject({ reason: z.string(), reopen: z.array(z.string()).default([]) })
    .optional(),
  clock: z.string().optional(),
  takenElsewhere: z.string().optional(),
  /** Nobody saw the last news in its chat: it is told in this one. */
  passedOn: ChannelNameSchema.optional(),
  /** Opened by a link with the code that was given out last. */
  openedWithCode: z.literal(true).optional(),
  /** The number of a case whose promise is to go with the calendar. */
  promiseMoved: z.string().optional(),
  /** A day that the office book is given as a holiday. */
  holiday: z.string().optional(),
  /** The keys of everything the bot says in this step, in order. */
  bot: z.array(z.string()).default([]),
  /** Pieces of text that the last of it contains. */
  says: z.array(z.string()).optional(),
  buttons: z.array(z.string()).optional(),
  /** Drawings that come with what the bot says in this step. */
  drawings: z.array(z.string()).optional(),
  /** Slots of the form in focus that are filled now. */
  filled: z.array(z.string()).optional(),
  owner: z.enum(['bot', 'queued', 'agent']).optional(),
  /** When timers of these names are due after the step; null: there is none. */
  due: z.record(z.string(), z.string().nullable()).optional(),
  /** Scores that installers gave their cases, oldest first. */
  ratings: z.array(z.number()).optional(),
});
type Step = z.infer<typeof StepSchema>;

const ScriptSchema = z.strictObject({
  name: z.string(),
  start: z.string().optional(),
  requireVerification: z.boolean().optional(),
  /** Nobody is on duty. */
  offDuty: z.boolean().optional(),
  sadpStringForUnsighted: z.boolean().optional(),
  pictures: z.record(z.string(), PictureSchema).default({}),
  steps: z.array(StepSchema).min(1),
});
export type Script = z.infer<typeof ScriptSchema>;

/** Every transcript below this folder, with its path for the test's name. */
export function scripts(): { path: string; script: Script }[] {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((path) => ({
      path,
      script: ScriptSchema.parse(parse(readFileSync(join(import.meta.dirname, path), 'utf8'))),
    }));
}

function place(script: Script, world: World): void {
  for (const [name, picture] of Object.entries(script.pictures)) {
    const seen = (short: string, confidence: number) => ({
      short,
      by: 'qrCode' as const,
      confidence,
      anchored: confidence === 1,
    });
    const serials: SeenSerial[] = [
      ...(picture.shows ?? []).map((short) => seen(short, 1)),
      ...(picture.seems ?? []).map((short) => seen(short, 0.5)),
    ];
    const printed = (short: string, confidence: number) => ({
      ...seen(short, confidence),
      by: 'ocr' as const,
      anchored: true,
    });
    serials.push(
      ...(picture.prints ?? []).map((short) => printed(short, 0.7)),
      ...(picture.lists ?? []).map((short) => printed(short, 0.8)),
    );
    const quality = { width: 1200, height: 900, sharpness: 100, brightness: 120, contrast: 50 };
    const reading = picture.down
      ? { outcome: 'failed' as const }
      : picture.refused
        ? { outcome: 'refused' as const, why: picture.refused }
        : {
            outcome: 'read' as const,
            serials,
            shareQr: picture.share ?? false,
            quality,
            ...(picture.trouble ? { trouble: picture.trouble } : {}),
            ...(picture.fault ? { fault: picture.fault } : {}),
            ...(picture.lists ? { sadpList: true } : {}),
          };
    const sadpString = picture.sadp && (picture.sadp === 'A' ? sadpA() : sadpB());
    world.pictures.set(name, { reading, ...(sadpString ? { sadpString } : {}) });
  }
}

/** "{sadpA}" and its like stand for long strings, so that no transcript carries one. */
function expand(world: World, text: string): string {
  return text
    .replace('{code}', world.links.newest)
    .replace('{sadpA}', sadpA())
    .replace('{sadpB}', sadpB())
    .replace('{sadpA.1}', sadpA().slice(0, 61))
    .replace('{sadpA.2}', sadpA().slice(61))
    .replace('{share}', `QRC03010003${'eJxLy00sTs4vSk1RKEktLgEAJ1AFdA'.repeat(3)}`)
    .replace('{100kB}', 'a '.repeat(50_000));
}

function tokenOf(world: World, label: string, old: boolean): string {
  const shown = world.said.map((said) => said.shown.choices).toReversed();
  const found = (old ? shown.toReversed() : shown).flat().find((choice) => choice.label === label);
  if (!found) throw new Error(`No button says "${label}".`);
  return found.token;
}

function bringScan(world: World, given: NonNullable<Step['scan']>): Said[] {
  const scan = scanOf(given.devices);
  if (given.way === 'pairing') return world.scanned(scan, given.form);
  const parts = writeScan(scan, given.part === undefined ? 256 : 3);
  const whole = parts[(given.part ?? 1) - 1] ?? '';
  const text = given.cut ? whole.slice(0, -20) : whole;
  if (given.way === 'pasted') return world.text(text);
  const content = { kind: 'text' as const, text };
  return world.deliver({ ...world.base(), type: 'file', name: 'list.txt', content });
}

function act(world: World, step: Step): Said[] {
  if (step.in) world.channel = step.in;
  if (step.passedOn) return world.passOn(step.passedOn);
  if (step.openedWithCode) {
    const linkCode = world.links.newest.replaceAll('-', '');
    return world.deliver({ ...world.base(), type: 'opened', language: 'vi', linkCode });
  }
  if (step.group && step.person !== undefined) {
    const text = expand(world, step.person);
    return world.deliver({ ...world.base(), type: 'text', text, group: true });
  }
  if (step.clock) world.now = Date.parse(step.clock);
  if (step.holiday) {
    const holidays = [...world.calendar.holidays, { date: step.holiday, name: 'Nghỉ' }];
    world.calendar = { ...world.calendar, holidays };
  }
  if (step.takenElsewhere) world.takenElsewhere.add(step.takenElsewhere);
  if (step.opened) {
    return world.deliver({ ...world.base(), type: 'opened', language: step.opened });
  }
  if (step.person !== undefined) {
    const text = expand(world, step.person);
    return step.as === undefined ? world.text(text) : world.editable(step.as, text);
  }
  if (step.edit) return world.editable(step.edit.message, expand(world, step.edit.to), true);
  if (step.attached) {
    const { photos, album } = step.attached;
    return world.attach(photos, {
      ...(step.caption ? { caption: expand(world, step.caption) } : {}),
      ...(album ? { album } : {}),
    });
  }
  if (step.press) return world.press(tokenOf(world, step.press, false));
  if (step.pressOld) return world.press(tokenOf(world, step.pressOld, true));
  if (step.photos) return world.photos(step.photos, step.caption && expand(world, step.caption));
  if (step.file) {
    const { name, content } = step.file;
    const whole =
      content.kind === 'text' ? { ...content, text: expand(world, content.text) } : content;
    return world.deliver({ ...world.base(), type: 'file', name, content: whole });
  }
  if (step.scan) return bringScan(world, step.scan);
  if (step.unsupported) {
    return world.deliver(
      EventSchema.parse({ ...world.base(), type: 'unsupported', what: step.unsupported }),
    );
  }
  if (step.results) return world.finish();
  if (step.oneResult) return world.finishOne();
  if (step.case) return world.holdUp(step.case === 'waits' ? 'caseWaits' : 'caseUntaken');
  if (step.timer) return world.ring(step.timer);
  if (step.decide) {
    const { number, ...change } = step.decide;
    return world.decide(JSON.parse(JSON.stringify(change)), number);
  }
  if (step.agent) {
    const agent = { agentId: 'lan', agentName: 'Lan', ...step.agent };
    return world.deliver(EventSchema.parse({ ...world.base(), type: 'agentActed', ...agent }));
  }
  if (step.promiseMoved) {
    const caseId = world.cases.find(({ number }) => number === step.promiseMoved)?.caseId ?? '';
    return world.deliver({ ...world.base(), type: 'promiseMoved', caseId });
  }
  if (step.slot) {
    const { old, ...change } = step.slot;
    const form = world.conversation.forms.find(({ id }) => id === world.conversation.focus);
    const now = Object.entries(form?.slots ?? {}).find(([name]) => name === change.slot)?.[1];
    const revision = (now?.revision ?? 0) - (old ? 1 : 0);
    const event = { ...world.base(), type: 'agentFilled', form: form?.id, revision, ...change };
    return world.deliver(EventSchema.parse(event));
  }
  if (step.verified !== undefined) {
    return world.verify(step.verified);
  }
  if (step.unverified) return world.verify(false, step.unverified);
  return [];
}

/** Plays a transcript and holds what the bot does against it, step by step. */
export function play(script: Script): World {
  const world = new World(Date.parse(script.start ?? '2026-11-23T10:00:00+07:00'));
  if (script.offDuty) world.onDuty = false;
  if (script.requireVerification) world.settings.requireVerification = true;
  if (script.sadpStringForUnsighted === false) world.settings.sadpStringForUnsighted = false;
  place(script, world);
  for (const [index, step] of script.steps.entries()) {
    const said = act(world, step);
    const where = `step ${index + 1}: ${JSON.stringify(step)}`;
    expect(
      said.map((one) => one.key),
      where,
    ).toEqual(step.bot);
    const last = said.at(-1);
    for (const piece of step.says ?? []) {
      expect(said.map((one) => one.shown.text).join('\n'), where).toContain(piece.normalize('NFC'));
    }
    if (step.buttons) {
      expect(
        last?.shown.choices.map((choice) => choice.label),
        where,
      ).toEqual(step.buttons);
    }
    if (step.drawings) {
      expect(
        said.flatMap((one) => one.shown.pictures.map((picture) => picture.name)),
        where,
      ).toEqual(step.drawings);
    }
    const form = world.conversation.forms.find((f) => f.id === world.conversation.focus);
    if (step.filled) {
      const filled = Object.entries(form?.slots ?? {}).filter(([, s]) => s?.state === 'filled');
      expect(filled.map(([name]) => name).sort(), where).toEqual([...step.filled].sort());
    }
    for (const [timer, at] of Object.entries(step.due ?? {})) {
      expect(world.timers.get(timer) ?? null, `${timer} after ${where}`).toBe(at && Date.parse(at));
    }
    if (step.ratings) expect([...world.ratings.values()], where).toEqual(step.ratings);
    if (step.owner) expect(world.conversation.owner.who, where).toBe(step.owner);
  }
  return world;
}
