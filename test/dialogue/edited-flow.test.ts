import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form, SlotName } from '../../src/dialogue/conversation.ts';
import { type Flow, FlowSchema, position } from '../../src/dialogue/flow.ts';
import { checkStructure } from '../../src/flows/check-structure.ts';
import type { World } from '../conversations/world.ts';
import { steps, worldAfter } from './steps.ts';

const RUNS = { numRuns: 300 };

type Slots = Flow['slots'];

const condition = fc.constantFrom<Slots[number]['when']>(
  undefined,
  { asked: true },
  { slot: 'network', is: 'lan' },
  { slot: 'network', is: 'other' },
  { not: { slot: 'serial', sourceIn: ['label'] } },
  { any: [{ setting: 'requireVerification' }, { slot: 'serial', sourceIn: ['typed'] }] },
);

function entry(slot: SlotName, when?: Slots[number]['when']): Slots[number] {
  const dependsOn = { deviceReady: ['serial'], proof: ['serial'], sadpString: ['serial'] } as const;
  const own = slot in dependsOn ? dependsOn[slot as keyof typeof dependsOn] : undefined;
  return {
    slot,
    ...(when ? { when } : {}),
    ...(own ? { dependsOn: [...own] } : {}),
  };
}

/** A flow that somebody could have saved: other order, slots left out or added, other conditions. */
const flow: fc.Arbitrary<Flow> = fc
  .record({
    optional: fc.subarray(['deviceReady', 'sadpString', 'answer', 'verified'] as const),
    order: fc.array(fc.nat(100), { minLength: 8, maxLength: 8 }),
    conditions: fc.array(condition, { minLength: 4, maxLength: 4 }),
  })
  .map(({ optional, order, conditions }) => {
    const entries = [
      ...(['network', 'serial', 'proof', 'consent'] as const).map((slot) => entry(slot)),
      ...optional.map((slot, index) => entry(slot, conditions[index])),
    ];
    const shuffled = entries
      .map((one, index) => ({ one, rank: order[index] ?? 0 }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ one }) => one);
    const last = { slot: 'review' as const, dependsOn: 'everything' as const };
    return FlowSchema.parse({ flow: 'unbind', version: 2, slots: [...shuffled, last] });
  })
  .filter((one) => checkStructure(one).length === 0);

/** What a person filled in; whether the company is verified is a fact of the account. */
function filledIn(form: Form): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form.slots).flatMap(([name, slot]) =>
      slot?.state === 'filled' && name !== 'verified' ? [[name, slot.value]] : [],
    ),
  );
}

function focusOf(world: World): Form | undefined {
  return world.conversation.forms.find(({ id }) => id === world.conversation.focus);
}

describe('a flow file that is edited under a running conversation', { timeout: 60_000 }, () => {
  it('leaves each form at the first slot that is needed now, with every answer kept', () => {
    fc.assert(
      fc.property(steps, flow, (happens, edited) => {
        const world = worldAfter(happens);
        world.text('/help');
        const before = new Map(world.conversation.forms.map((form) => [form.id, filledIn(form)]));
        world.flows = new Map([...world.flows, ['unbind', edited]]);
        const said = world.text('/start');
        for (const form of world.conversation.forms) {
          expect(filledIn(form)).toEqual(before.get(form.id));
        }
        const form = focusOf(world);
        if (!form || world.conversation.owner.who === 'agent') return;
        const { drafts } = form;
        const doubted = drafts.serial || drafts.proof || drafts.misnamed;
        const at = form.flow === 'unbind' ? position(edited, form, world.context) : world.asked;
        if (!doubted) expect(world.asked).toBe(at);
        // A form that the new flow calls complete is sent; every other one is asked about.
        if (world.asked) expect(said.at(-1)?.reply.step).toBeDefined();
      }),
      RUNS,
    );
  });

  it('asks the new question, and the old one never again, when a slot is taken out', () => {
    const world = worldAfter([
      { does: 'writes', text: 'khác' },
      { does: 'writes', text: 'khác' },
      { does: 'writes', text: 'D12345678' },
      { does: 'photographs', pictures: ['D12345678'] },
      { is: 'allResults' },
    ]);
    expect(world.asked).toBe('sadpString');
    const [running] = world.flows.values();
    if (!running) throw new Error('There is a flow.');
    const slots = running.slots.filter(({ slot }) => slot !== 'sadpString');
    world.flows = new Map([['unbind', { ...running, version: 2, slots }]]);
    expect(world.text('xin chào').map(({ key }) => key)).toEqual(['greeting.again', 'consent.ask']);
    expect(world.text('đồng ý').map(({ key }) => key)).toEqual(['review.ask']);
    world.text('gửi');
    world.finish();
    expect(world.cases[0]?.draft).toMatchObject({ flowVersion: 2, sadp: null });
  });
});
