import type { Form, SlotName } from '../dialogue/conversation.ts';
import { type Condition, dependants, type Flow, neededSlots, position } from '../dialogue/flow.ts';

/** A world that a form may live in: what the conditions of a flow can ask about. */
interface Possible {
  network: 'lan' | 'other';
  source: 'typed' | 'label' | 'scanner' | 'screenshot';
  sadpStringForUnsighted: boolean;
  requireVerification: boolean;
  asked: SlotName[];
}

const BOOLEANS = [true, false] as const;

function* worlds(flow: Flow): Generator<Possible> {
  const askable = flow.slots.filter((entry) => entry.when).map((entry) => entry.slot);
  for (const network of ['lan', 'other'] as const)
    for (const source of ['typed', 'label', 'scanner', 'screenshot'] as const)
      for (const sadpStringForUnsighted of BOOLEANS)
        for (const requireVerification of BOOLEANS)
          for (const asked of [[], ...askable.map((slot) => [slot])])
            yield { network, source, sadpStringForUnsighted, requireVerification, asked };
}

function settingsOf(world: Possible) {
  return {
    slaMinutes: 10,
    sadpStaleHours: 24,
    sadpStringForUnsighted: world.sadpStringForUnsighted,
    requireVerification: world.requireVerification,
    quietHours: { from: '00:00', to: '00:00' },
    agentSilentMinutes: 5,
    termsVersion: '',
    terms: { vi: '', en: '' },
  };
}

function blankForm(asked: SlotName[]): Form {
  return {
    id: 'f0',
    flow: '',
    phase: 'open',
    batch: null,
    reminded: 0,
    remindAt: null,
    repairs: null,
    asked,
    locked: [],
    question: null,
    slots: {},
    strikes: {},
    drafts: { serial: null, proof: null, pieces: [], misnamed: null },
    photos: [],
    album: null,
  };
}

/** Any value will do but for the slots that conditions look into. */
function fill(form: Form, slot: SlotName, world: Possible): void {
  const value =
    slot === 'network'
      ? { network: world.network }
      : slot === 'serial'
        ? { serial: { short: 'D12345678' }, source: world.source }
        : {};
  Object.assign(form.slots, { [slot]: { state: 'filled', revision: 1, value } });
}

/**
 * Fills slot after slot as a person would who answers everything, with every dependant emptied.
 * Returns the slots it met, or null when it never comes to an end.
 */
function walk(flow: Flow, world: Possible): SlotName[] | null {
  const form = blankForm(world.asked);
  const context = { settings: settingsOf(world) };
  const met: SlotName[] = [];
  const patience = flow.slots.length * flow.slots.length + 1;
  for (let step = 0; step < patience; step += 1) {
    const at = position(flow, form, context);
    if (!at) return met;
    met.push(at);
    fill(form, at, world);
    for (const name of dependants(flow, at)) delete form.slots[name];
  }
  return null;
}

function slotsIn(condition: Condition): SlotName[] {
  if ('all' in condition) return condition.all.flatMap(slotsIn);
  if ('any' in condition) return condition.any.flatMap(slotsIn);
  if ('not' in condition) return slotsIn(condition.not);
  return 'slot' in condition ? [condition.slot] : [];
}

/** That an agent can ask for any slot does not make up for a condition that never holds. */
function isOwnReach(flow: Flow, slot: SlotName, world: Possible): boolean {
  const when = flow.slots.find((entry) => entry.slot === slot)?.when;
  return !world.asked.includes(slot) || (when !== undefined && waitsToBeAsked(when));
}

function waitsToBeAsked(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(waitsToBeAsked);
  if ('any' in condition) return condition.any.some(waitsToBeAsked);
  return 'asked' in condition;
}

/** What a form carries when it is sent, whatever its flow says. */
const CARRIES: Record<'case' | 'verification', readonly SlotName[]> = {
  case: ['network', 'serial', 'proof', 'consent', 'review'],
  verification: ['company', 'taxCode', 'licence', 'phone', 'review'],
};

function orderFindings(flow: Flow): string[] {
  const order = flow.slots.map((entry) => entry.slot);
  const found: string[] = [];
  for (const [index, entry] of flow.slots.entries()) {
    const earlier = order.slice(0, index);
    if (earlier.includes(entry.slot)) found.push(`slot "${entry.slot}" stands in it twice`);
    for (const name of entry.when ? slotsIn(entry.when) : []) {
      if (!earlier.includes(name)) {
        found.push(`"${entry.slot}" has a condition on "${name}", which does not stand before it`);
      }
    }
    for (const name of Array.isArray(entry.dependsOn) ? entry.dependsOn : []) {
      if (!order.includes(name)) {
        found.push(`"${entry.slot}" depends on "${name}", which is not in this flow`);
      }
    }
  }
  const what = flow.flow === 'verify' ? 'verification' : 'case';
  for (const name of CARRIES[what]) {
    const entry = flow.slots.find(({ slot }) => slot === name);
    if (!entry) found.push(`a ${what} needs "${name}", which is not in this flow`);
    else if (entry.when) found.push(`a ${what} needs "${name}", so it must not have a condition`);
  }
  if (order.at(-1) !== 'review')
    found.push('its last slot must be "review": nothing is sent unseen');
  return found;
}

/** What is wrong with the structure of a flow, a sentence each; empty when nothing is. */
export function checkStructure(flow: Flow): string[] {
  const found = orderFindings(flow);
  const reached = new Set<SlotName>();
  let endless: Possible | null = null;
  for (const world of worlds(flow)) {
    const met = walk(flow, world);
    if (!met) endless ??= world;
    for (const slot of met ?? []) if (isOwnReach(flow, slot, world)) reached.add(slot);
    const needed = neededSlots(flow, blankForm(world.asked), { settings: settingsOf(world) });
    if (needed.length === 0) found.push('no slot is needed');
  }
  if (endless) {
    found.push(
      `never comes to an end with network = ${endless.network}, serial from ${endless.source}: ` +
        'an answer empties a slot that stands before it',
    );
  }
  for (const { slot } of flow.slots) {
    if (!reached.has(slot)) found.push(`slot "${slot}" is never reached`);
  }
  return [...new Set(found)];
}
