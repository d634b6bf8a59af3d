import type { Context } from './context.ts';
import type { Conversation, Form, SlotName, SlotValue } from './conversation.ts';
import { copyOf } from './copy.ts';
import type { Effect } from './effect.ts';
import type { Event, Language } from './event.ts';
import { dependants, type Flow, neededSlots, position } from './flow.ts';
import type { Heard } from './heard.ts';
import type { Folded } from './normalise.ts';
import type { Choice, Reply } from './reply.ts';
import { writeToken } from './token.ts';

/** A slot of a form: what it asks, what it accepts, what it refuses. A file each in slots/. */
export interface Slot {
  name: SlotName;
  /** The question. Its buttons are the way to answer by typing a number, too. */
  ask(scene: Scene, form: Form): Reply;
  /** What is wanted here and how to get it. */
  explain(scene: Scene, form: Form): Reply[];
  /** Takes a text while this slot is asked; answers false for what it cannot make out. */
  hear(scene: Scene, form: Form, text: Folded): boolean;
  /** Takes a button whose revision is current; false for a value it does not know. */
  choose(scene: Scene, form: Form, value: string): boolean;
  /** Whether a question inside it waits for an answer ("is it D12345678?"); it is asked first. */
  doubt?(form: Form): boolean;
  /** Lets go of that question and of what raised it. */
  dismiss?(scene: Scene, form: Form): void;
  /** What it holds is about to be given up. */
  forget?(scene: Scene, form: Form): void;
  /** A slot it depends on changed. Slots without this are emptied. */
  dependencyChanged?(scene: Scene, form: Form): void;
  /** What it holds, in words, for the review; absent for slots that are not reviewed. */
  show?(form: Form): Pick<Reply, 'key' | 'params'> | null;
  /** Words of a free answer are not searched for patterns; only buttons and commands count. */
  freeText?: true;
  /** Fills by itself; the person cannot change it. */
  automatic?: true;
}

export type SlotBook = Readonly<Record<SlotName, Slot>>;

/**
 * One turn at work: a copy of the conversation that slots and patterns change, and the effects
 * that come of it. It lives for one turn only.
 */
export class Scene {
  readonly conversation: Conversation;
  readonly event: Event;
  readonly context: Context;
  readonly slots: SlotBook;
  readonly effects: Effect[] = [];
  heard: Heard | null = null;
  /**
   * Set when the open question should be asked at the end of the turn. `position`: where the form
   * stands, leaving an open doubt for the turn after, since the person has just reopened a slot.
   */
  asks: boolean | 'position' = false;

  /** Work that this turn ends: its first reply from this effect on tells how. */
  progress: { name: string; from: number } | null = null;

  constructor(conversation: Conversation, event: Event, context: Context, slots: SlotBook) {
    this.conversation = copyOf(conversation);
    this.event = event;
    this.context = context;
    this.slots = slots;
  }

  get language(): Language {
    return this.conversation.language;
  }

  get agentOwns(): boolean {
    return this.conversation.owner.who === 'agent';
  }

  // What the bot says. Under an agent the bot is silent; news about cases go out all the same.

  say(key: string, params?: Reply['params'], more?: Partial<Reply>): void {
    this.reply({ key, ...(params ? { params } : {}), ...more });
  }

  reply(reply: Reply): void {
    if (this.agentOwns) return;
    this.effects.push({ kind: 'send', reply, push: false });
    this.offer(reply);
  }

  /**
   * News about a case. A typed number goes on meaning the open question's buttons; the news' own
   * ones only when nothing is being asked, or when the news is the question itself.
   */
  push(reply: Reply, isQuestion = false): void {
    this.effects.push({ kind: 'send', reply, push: true });
    if (isQuestion || !this.focus) this.offer(reply);
    else this.remember(reply.choices ?? []);
  }

  private remember(choices: readonly Choice[]): void {
    this.conversation.buttons = [...choices, ...this.conversation.buttons].slice(0, 24);
  }

  private offer(reply: Reply): void {
    if (!reply.choices?.length) return;
    this.conversation.offered = reply.choices.map((choice) => choice.token);
    this.remember(reply.choices);
  }

  /** A button of a slot, stamped with the slot's present revision. */
  choice(form: Form, slot: SlotName, value: string, key: string, more?: Partial<Choice>): Choice {
    const token = { form: form.id, of: slot, revision: this.revision(form, slot), value };
    return { token: writeToken(token), key, ...more };
  }

  /** A button of a pattern that is about one form, whichever is in focus when it is pressed. */
  actionOn(form: Form, of: string, key: string, value = '-', more?: Partial<Choice>): Choice {
    return { token: writeToken({ form: form.id, of, revision: 0, value }), key, ...more };
  }

  /** A button that means the same at every time: human, new, help, ... */
  action(of: string, key: string, value = '-', more?: Partial<Choice>): Choice {
    return { token: writeToken({ form: '-', of, revision: 0, value }), key, ...more };
  }

  // Forms

  form(id: string | null): Form | null {
    return this.conversation.forms.find((form) => form.id === id) ?? null;
  }

  /** The form that questions are about. */
  get focus(): Form | null {
    const form = this.form(this.conversation.focus);
    return form?.phase === 'open' ? form : null;
  }

  flow(form: Form): Flow {
    const flow = this.context.flows.get(form.flow);
    if (!flow) throw new Error(`There is no flow named "${form.flow}" in flows/.`);
    return flow;
  }

  position(form: Form): SlotName | null {
    return position(this.flow(form), form, this.context);
  }

  /** The slot with an open doubt, if there is one; else where the form stands. Null when complete. */
  asked(form: Form): SlotName | null {
    const doubted = this.needed(form).find((name) => this.slots[name].doubt?.(form));
    return doubted ?? this.position(form);
  }

  needed(form: Form): SlotName[] {
    return neededSlots(this.flow(form), form, this.context);
  }

  /** "Step 2 of 6", counted over the slots that are asked about. */
  step(form: Form): { at: number; of: number } {
    const asked = this.needed(form).filter(
      (name) => !(this.slots[name].automatic && form.slots[name]?.state === 'filled'),
    );
    const at = this.asked(form);
    return { at: at ? asked.indexOf(at) + 1 : asked.length, of: asked.length };
  }

  // Slots

  /** Whether an agent has checked the slot, so that nothing but an agent's act changes it. */
  isLocked(form: Form, slot: SlotName): boolean {
    return form.locked.includes(slot) && this.event.type !== 'agentFilled';
  }

  revision(form: Form, slot: SlotName): number {
    return form.slots[slot]?.revision ?? 0;
  }

  value<N extends SlotName>(form: Form, slot: N): SlotValue<N> | null {
    const state = form.slots[slot];
    return state?.state === 'filled' ? (state.value as SlotValue<N>) : null;
  }

  fill<N extends SlotName>(form: Form, slot: N, value: SlotValue<N>): void {
    if (this.isLocked(form, slot)) return;
    this.arrive(form, slot, value);
    delete form.strikes[slot];
    this.tellDependants(form, slot);
  }

  /** Fills a slot that nothing is said about: what the person has reviewed stays reviewed. */
  arrive<N extends SlotName>(form: Form, slot: N, value: SlotValue<N>): void {
    const slots = form.slots as Record<string, unknown>;
    slots[slot] = { state: 'filled', revision: this.revision(form, slot) + 1, value };
  }

  empty(form: Form, slot: SlotName): void {
    if (this.isLocked(form, slot)) return;
    const before = form.slots[slot]?.state ?? 'empty';
    this.slots[slot].forget?.(this, form);
    this.renew(form, slot);
    if (before !== 'empty') this.tellDependants(form, slot);
  }

  pend(form: Form, slot: SlotName, readId: string): void {
    const slots = form.slots as Record<string, unknown>;
    slots[slot] = { state: 'pending', revision: this.revision(form, slot) + 1, readId };
  }

  /** Leaves the slot empty under a new revision, so that buttons and readings of before are old. */
  renew(form: Form, slot: SlotName): void {
    const slots = form.slots as Record<string, unknown>;
    slots[slot] = { state: 'empty', revision: this.revision(form, slot) + 1 };
  }

  private tellDependants(form: Form, changed: SlotName): void {
    for (const name of dependants(this.flow(form), changed)) {
      if (!form.slots[name] || form.slots[name].state === 'empty') {
        this.slots[name].dependencyChanged?.(this, form);
        continue;
      }
      const slot = this.slots[name];
      if (slot.dependencyChanged) slot.dependencyChanged(this, form);
      else this.empty(form, name);
    }
  }

  /**
   * A refusal at the slot being asked: repeat, then explain, then offer a human. The open question
   * follows at the end of the turn.
   */
  refuse(
    form: Form,
    slot: SlotName,
    key: string,
    params?: Reply['params'],
    more?: Partial<Reply>,
  ): void {
    const strikes = (form.strikes[slot] ?? 0) + 1;
    form.strikes[slot] = strikes;
    this.say(key, params, more);
    if (strikes === 2) for (const reply of this.slots[slot].explain(this, form)) this.reply(reply);
    if (strikes >= 3) this.say('strikes.offerHuman');
    this.asks = true;
  }

  /** Whether the open question says that a file may answer it, so that nothing before it has to. */
  get asksForFiles(): boolean {
    const form = this.focus;
    const at = form && this.asked(form);
    return at !== null && form !== null && this.slots[at].ask(this, form).takesFiles === true;
  }

  /**
   * Asks the open question of the form in focus. From here on a "yes" answers this one: of two
   * questions that wait, people answer the one they read last.
   */
  ask(): void {
    const form = this.focus;
    const at = form && (this.asks === 'position' ? this.position(form) : this.asked(form));
    if (!form || !at) return;
    this.conversation.confirm = null;
    const question = this.slots[at].ask(this, form);
    const struck = (form.strikes[at] ?? 0) >= 3;
    const choices = [
      ...(question.choices ?? []),
      ...(struck ? [this.action('human', 'choice.human')] : []),
    ];
    this.reply({ ...question, ...(choices.length ? { choices } : {}), step: this.step(form) });
    if (!choices.length) this.conversation.offered = [];
  }
}
