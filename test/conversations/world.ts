import { join } from 'node:path';
import type { CaseSummary, Context } from '../../src/dialogue/context.ts';
import type { SlotName } from '../../src/dialogue/conversation.ts';
import { type Conversation, ConversationSchema } from '../../src/dialogue/conversation.ts';
import type { Application, CaseDraft, Effect } from '../../src/dialogue/effect.ts';
import {
  type ChannelName,
  type Event,
  type EventOf,
  linkCodeIn,
  MAX_TEXT,
} from '../../src/dialogue/event.ts';
import type { Reply } from '../../src/dialogue/reply.ts';
import { Scene } from '../../src/dialogue/scene.ts';
import type { DialogueSettings } from '../../src/dialogue/settings.ts';
import { slots } from '../../src/dialogue/slots/index.ts';
import { newConversation, turn } from '../../src/dialogue/turn.ts';
import type { Calendar } from '../../src/domain/calendar.ts';
import { type CaseStatus, isOpenCase } from '../../src/domain/case.ts';
import type { LanScan } from '../../src/domain/lan-scan.ts';
import { promise } from '../../src/domain/promise.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { loadFlows } from '../../src/flows/load.ts';
import { createWords, type Rendered } from '../../src/words/words.ts';
import { addressOf, channelOf, idOf, Links } from './links.ts';

export const root = join(import.meta.dirname, '..', '..');
export const words = createWords(join(root, 'locales'));
const flows = loadFlows(join(root, 'flows'));

export const calendar: Calendar = {
  weekly: [1, 2, 3, 4, 5, 6, 7].map((day) => (day === 7 ? [] : [{ from: '08:30', to: '17:30' }])),
  holidays: [{ date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam' }],
  swaps: [],
};

export const settings: DialogueSettings = {
  slaMinutes: 10,
  sadpStaleHours: 24,
  sadpStringForUnsighted: true,
  requireVerification: false,
  quietHours: { from: '21:00', to: '07:30' },
  agentSilentMinutes: 5,
  termsVersion: '2026-01',
  terms: { vi: 'Thông tin chỉ dùng để gỡ liên kết.', en: 'Used for the unbinding only.' },
};

/** One thing the bot said, as it was shown. */
export interface Said {
  key: string;
  reply: Reply;
  shown: Rendered;
  push: boolean;
}

interface Waiting {
  effect: Extract<
    Effect,
    {
      kind:
        | 'apply'
        | 'share'
        | 'timeline'
        | 'read'
        | 'fetch'
        | 'submit'
        | 'pair'
        | 'tell'
        | 'erase';
    }
  >;
  channel: ChannelName;
}

/** Readings of pictures by blob id, as a reader would answer. */
export type Pictures = Map<string, { reading: Reading; sadpString?: string }>;

/**
 * An engine in memory: runs turns one after the other, holds cases, secrets and timers, and
 * restores the conversation from JSON before every turn as the real store does. One person has a
 * chat in each channel; what happens, happens in the chat of `channel`.
 */
export class World {
  channel: ChannelName = 'web';
  readonly links = new Links();
  readonly #chats = new Map<ChannelName, Conversation>();
  readonly secrets = new Map<string, string>();
  readonly cases: CaseSummary[] = [];
  /** What became of each case, by its id. */
  readonly steps = new Map<string, { status: CaseStatus; at: number }[]>();
  readonly ratings = new Map<string, number>();
  readonly timers = new Map<string, number>();
  readonly waiting: Waiting[] = [];
  readonly said: Said[] = [];
  readonly dropped: string[] = [];
  readonly pictures: Pictures = new Map();
  readonly transcript: string[] = [];
  verified = false;
  onDuty = true;
  /** What the office was asked to verify, the newest last. */
  readonly applications: Application[] = [];
  /** The newest of them waits for the office. */
  applied = false;
  settings = { ...settings };
  calendar = calendar;
  flows: Context['flows'] = flows;
  now: number;
  /** Serials with an open case in another conversation. */
  readonly takenElsewhere = new Set<string>();
  /** False keeps the conversation as it is in memory from turn to turn. */
  restores = true;
  private events = 0;

  constructor(now = Date.parse('2026-11-23T10:00:00+07:00')) {
    this.now = now;
  }

  get conversation(): Conversation {
    return this.#chats.get(this.channel) ?? newConversation(idOf(this.channel));
  }

  set conversation(conversation: Conversation) {
    this.#chats.set(this.channel, conversation);
  }

  get context(): Context {
    const held = new Map(
      this.conversation.heldSecrets.flatMap((ref) => {
        const text = this.secrets.get(ref);
        return text === undefined ? [] : [[ref, text] as const];
      }),
    );
    return {
      account: {
        id: this.links.accountOf(this.channel),
        verified: this.verified,
        applied: this.applied,
        linked: this.links.besides(this.channel).map(addressOf),
      },
      onDuty: this.onDuty,
      link: null,
      calendar: this.calendar,
      settings: this.settings,
      flows: this.flows,
      cases: this.cases.filter(({ conversationId }) =>
        this.links.sees(this.channel, channelOf(conversationId)),
      ),
      secrets: held,
    };
  }

  base() {
    this.events += 1;
    this.now += 1000;
    return { eventId: `e${this.events}`, at: this.now, channel: this.channel, chatId: 'chat' };
  }

  /** The slot that is being asked, or null when nothing is. */
  get asked(): SlotName | null {
    const event = { ...this.base(), type: 'opened' as const };
    const scene = new Scene(this.conversation, event, this.context, slots);
    return scene.focus && scene.asked(scene.focus);
  }

  /** Runs one turn and returns what the bot said in it. */
  deliver(event: Event): Said[] {
    if (this.restores) {
      this.conversation = ConversationSchema.parse(JSON.parse(JSON.stringify(this.conversation)));
    }
    const link = this.links.offer(linkCodeIn(event), event.at);
    const result = turn(this.conversation, event, { ...this.context, link });
    this.conversation = result.conversation;
    const language = this.conversation.language;
    if (result.heard) this.transcript.push(words.heard(result.heard, language).text);
    const said: Said[] = [];
    for (const effect of result.effects) this.apply(effect, said);
    this.said.push(...said);
    return said;
  }

  private apply(effect: Effect, said: Said[]): void {
    switch (effect.kind) {
      case 'send': {
        const shown = words.render(effect.reply, this.conversation.language);
        if (effect.agent) shown.text = effect.agent.text;
        if (shown.linkCode) this.links.give(this.channel, this.now);
        said.push({ key: effect.reply.key, reply: effect.reply, shown, push: effect.push });
        this.transcript.push(shown.text);
        return;
      }
      case 'read':
      case 'fetch':
      case 'submit':
      case 'apply':
      case 'share':
      case 'timeline':
      case 'pair':
      case 'tell':
      case 'erase':
        this.waiting.push({ effect, channel: this.channel });
        return;
      case 'joinAccounts':
        this.links.join(this.channel, effect.offer.channel);
        return;
      case 'leaveAccount':
        this.links.leave(this.channel);
        return;
      case 'keepSecret':
        this.secrets.set(effect.ref, effect.text);
        return;
      case 'dropSecret':
        this.secrets.delete(effect.ref);
        return;
      case 'dropBlob':
        this.dropped.push(effect.blobId);
        return;
      case 'changeCase': {
        const known = this.cases.find((summary) => summary.caseId === effect.caseId);
        if (!known || effect.revision <= known.revision) return;
        known.status = effect.status;
        this.keepStep(known);
        known.reason = effect.reason;
        known.revision = effect.revision;
        if (effect.draft) {
          known.draft = effect.draft;
          known.answerBy = effect.draft.promise.answerBy;
        }
        return;
      }
      case 'rate':
        this.ratings.set(effect.caseId, effect.score);
        return;
      case 'setTimer':
        this.timers.set(effect.timer, effect.at);
        return;
      case 'clearTimer':
        this.timers.delete(effect.timer);
    }
  }

  text(text: string): Said[] {
    const whole = text.slice(0, MAX_TEXT);
    const cut = whole.length < text.length ? { cut: true } : {};
    return this.deliver({ ...this.base(), type: 'text', text: whole, ...cut });
  }

  /** A text on a platform where it can be edited; with `edited`, its new text. */
  editable(messageId: string, text: string, edited = false): Said[] {
    const event = { ...this.base(), type: 'text' as const, text: text.slice(0, MAX_TEXT) };
    return this.deliver({ ...event, messageId, ...(edited ? { edited } : {}) });
  }

  /** Photos of which the platform tells without their bytes; a picture's name is its reference. */
  attach(pictures: string[], more: { caption?: string; album?: string } = {}): Said[] {
    const files = pictures.map((ref) => ({ ref, kind: 'photo' as const }));
    return this.deliver({ ...this.base(), type: 'attached', files, ...more });
  }

  press(token: string): Said[] {
    return this.deliver({ ...this.base(), type: 'choice', token });
  }

  photos(blobIds: string[], caption?: string): Said[] {
    const event = { ...this.base(), type: 'photos' as const, blobIds };
    return this.deliver(caption === undefined ? event : { ...event, caption });
  }

  /** Finishes the oldest effect that is waiting for a result. */
  finishOne(): Said[] {
    const next = this.waiting.shift();
    if (!next) return [];
    this.channel = next.channel;
    if (next.effect.kind === 'apply') {
      this.applications.push(next.effect.application);
      this.applied = true;
      return [];
    }
    if (next.effect.kind === 'share') {
      const { caseId } = next.effect;
      const url = 'https://assistant.test/s/token';
      const expiresAt = this.now + 7 * 24 * 3_600_000;
      return this.deliver({ ...this.base(), type: 'shareOffered', caseId, url, expiresAt });
    }
    if (next.effect.kind === 'timeline') {
      const { caseId } = next.effect;
      const steps = this.steps.get(caseId) ?? [];
      return this.deliver({ ...this.base(), type: 'timelineRead', caseId, steps });
    }
    if (next.effect.kind === 'tell') {
      const { to, what, other } = next.effect;
      this.channel = to.channel;
      return this.deliver({ ...this.base(), type: 'accountLinked', what, other });
    }
    if (next.effect.kind === 'fetch') {
      return this.photos(
        next.effect.files.map(({ ref }) => ref),
        next.effect.caption || undefined,
      );
    }
    if (next.effect.kind === 'pair') return this.offerCode(next.effect);
    if (next.effect.kind === 'erase') return this.erase();
    return next.effect.kind === 'read' ? this.read(next.effect) : this.open(next.effect.draft);
  }

  /** Finishes everything that is under way, the submissions that follow included. */
  finish(): Said[] {
    const said: Said[] = [];
    while (this.waiting.length > 0) said.push(...this.finishOne());
    return said;
  }

  private offerCode({ pairId, formId }: Extract<Effect, { kind: 'pair' }>): Said[] {
    return this.deliver({
      ...this.base(),
      type: 'pairingOffered',
      pairId,
      formId,
      code: 'K7FQ-3XMD',
      expiresAt: this.now + 15 * 60_000,
      page: 'https://assistant.test/lan',
    });
  }

  /** A scanner's list comes by the code of a form; by default of the one in focus. */
  scanned(scan: LanScan, formId = this.conversation.focus ?? 'f1'): Said[] {
    return this.deliver({ ...this.base(), type: 'devicesScanned', formId, scan });
  }

  private read(effect: Extract<Effect, { kind: 'read' }>): Said[] {
    const picture = this.pictures.get(effect.blobId) ?? { reading: { outcome: 'failed' as const } };
    return this.deliver({
      ...this.base(),
      type: 'photoRead',
      readId: effect.readId,
      photoId: effect.photoId,
      ...picture,
    });
  }

  /** As a store would: what only ended cases hold goes. */
  private erase(): Said[] {
    const ended = this.cases.filter(({ status }) => !isOpenCase(status));
    const photos = ended.reduce((sum, { draft }) => sum + draft.photos.length, 0);
    for (const one of ended) one.draft = { ...one.draft, photos: [], sadp: null, answer: null };
    // As the store does: what a form or an open case names stays.
    const open = this.cases.filter(({ status }) => isOpenCase(status));
    const named = JSON.stringify([this.conversation, open]);
    const gone = [...this.secrets.keys()].filter((ref) => !named.includes(`"${ref}"`));
    for (const ref of gone) this.secrets.delete(ref);
    const sadpStrings = gone.length;
    return this.deliver({ ...this.base(), type: 'erased', photos, sadpStrings, lines: 0 });
  }

  /** Whether a case is on its way that no other one stands against. */
  get isSending(): boolean {
    const next = this.waiting.find(({ effect }) => effect.kind === 'submit');
    if (next?.effect.kind !== 'submit') return false;
    const { caseId, serial } = next.effect.draft;
    const holder = this.cases.find((one) => one.serial === serial.short && isOpenCase(one.status));
    if (holder) return holder.caseId === caseId;
    return !this.takenElsewhere.has(serial.short) && !this.cases.some((c) => c.caseId === caseId);
  }

  /** Whoever decides the oldest case that is being sent does not take it yet, or never. */
  holdUp(how: 'caseWaits' | 'caseUntaken'): Said[] {
    const next = this.waiting.find(({ effect }) => effect.kind === 'submit');
    if (next?.effect.kind !== 'submit') throw new Error('No case is being sent.');
    this.channel = next.channel;
    if (how === 'caseUntaken') this.waiting.splice(this.waiting.indexOf(next), 1);
    const { draft } = next.effect;
    const known = this.cases.find(({ caseId }) => caseId === draft.caseId);
    const { number } = known ?? this.keepCase(draft);
    const { formId, caseId } = draft;
    return this.deliver({ ...this.base(), type: how, formId, caseId, number });
  }

  private keepStep({ caseId, status }: CaseSummary): void {
    this.steps.set(caseId, [...(this.steps.get(caseId) ?? []), { status, at: this.now }]);
  }

  private keepCase(draft: CaseDraft): CaseSummary {
    const kept: CaseSummary = {
      caseId: draft.caseId,
      number: `UB-${String(this.cases.length + 1).padStart(6, '0')}`,
      formId: draft.formId,
      conversationId: this.conversation.id,
      serial: draft.serial.short,
      status: 'submitted',
      reason: null,
      revision: 1,
      submittedAt: draft.submittedAt,
      answerBy: draft.promise.answerBy,
      draft,
    };
    this.cases.unshift(kept);
    this.keepStep(kept);
    return kept;
  }

  /** As submitting does: what was long on its way is promised an answer anew. */
  private renewIfLate(known: CaseSummary, draft: CaseDraft): { late?: true } {
    if (this.now - draft.submittedAt <= 60_000) return {};
    const made = promise(this.calendar, this.now, this.settings.slaMinutes);
    if (isOpenCase(known.status) && made.answerBy > known.answerBy) {
      known.draft = { ...known.draft, promise: made, takenAt: this.now };
      known.answerBy = made.answerBy;
    }
    return { late: true };
  }

  private open(draft: CaseDraft): Said[] {
    const serial = draft.serial.short;
    const waited = this.cases.find(({ caseId }) => caseId === draft.caseId);
    if (waited) {
      const { formId, caseId } = draft;
      const { number } = waited;
      const late = this.renewIfLate(waited, draft);
      const about = { formId, caseId, outcome: 'opened' as const, number };
      return this.deliver({ ...this.base(), type: 'submitted', ...about, ...late });
    }
    const own = this.cases.some((c) => c.serial === serial && isOpenCase(c.status));
    const event = { ...this.base(), type: 'submitted' as const, formId: draft.formId };
    const caseId = draft.caseId;
    if (own || this.takenElsewhere.has(serial)) {
      return this.deliver({ ...event, caseId, outcome: 'duplicate', own });
    }
    const { number } = this.keepCase(draft);
    return this.deliver({ ...event, caseId, outcome: 'opened', number });
  }

  /** The backend decides on the newest case, or on the one with this number. */
  decide(
    change: Omit<
      EventOf<'caseChanged'>,
      keyof ReturnType<World['base']> | 'type' | 'caseId' | 'revision'
    >,
    number?: string,
  ): Said[] {
    const summary = number ? this.cases.find((c) => c.number === number) : this.cases[0];
    if (!summary) throw new Error('There is no such case.');
    this.channel = channelOf(summary.conversationId);
    return this.deliver({
      ...this.base(),
      type: 'caseChanged',
      caseId: summary.caseId,
      revision: summary.revision + 1,
      ...change,
    });
  }

  /** The office decides on the company, or changes its mind. */
  verify(verified: boolean, refused?: { reason: string; reopen: string[] }): Said[] {
    this.verified = verified;
    this.applied = false;
    const event = { ...this.base(), type: 'accountChanged' as const, verified };
    return this.deliver(refused ? { ...event, refused } : event);
  }

  /** News that nobody saw in this chat is told in another one. */
  passOn(to: ChannelName): Said[] {
    const news = this.said.findLast(({ push, reply }) => push && reply.caseId !== undefined);
    if (!news) throw new Error('There is no news of a case.');
    const from = this.channel;
    this.channel = to;
    const tried = [idOf(from)];
    return this.deliver({ ...this.base(), type: 'newsPassedOn', reply: news.reply, from, tried });
  }

  ring(timer: string): Said[] {
    this.now = Math.max(this.now, this.timers.get(timer) ?? this.now);
    this.timers.delete(timer);
    return this.deliver({ ...this.base(), type: 'timerFired', timer });
  }
}
