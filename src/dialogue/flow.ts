import { z } from 'zod';
import { type Form, SLOT_NAMES, type SlotName } from './conversation.ts';
import type { DialogueSettings } from './settings.ts';

const SlotNameSchema = z.enum(SLOT_NAMES);

/** When a slot is needed. Written in a flow file as `when:`. */
export type Condition =
  | { slot: 'network'; is: 'lan' | 'other' }
  | { slot: 'serial'; sourceIn: ('typed' | 'label' | 'scanner' | 'screenshot')[] }
  | { setting: 'sadpStringForUnsighted' | 'requireVerification' }
  | { asked: true }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

const ConditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ slot: z.literal('network'), is: z.enum(['lan', 'other']) }),
    z.strictObject({
      slot: z.literal('serial'),
      sourceIn: z.array(z.enum(['typed', 'label', 'scanner', 'screenshot'])).min(1),
    }),
    z.strictObject({ setting: z.enum(['sadpStringForUnsighted', 'requireVerification']) }),
    z
      .strictObject({ asked: z.literal(true) })
      .describe('Only when a refusal or an agent asks for it.'),
    z.strictObject({ all: z.array(ConditionSchema).min(1) }),
    z.strictObject({ any: z.array(ConditionSchema).min(1) }),
    z.strictObject({ not: ConditionSchema }),
  ]),
);

const FlowSlotSchema = z.strictObject({
  slot: SlotNameSchema,
  when: ConditionSchema.optional().describe('Needed only then; always, when absent.'),
  dependsOn: z
    .union([z.literal('everything'), z.array(SlotNameSchema).min(1)])
    .optional()
    .describe('A change of one of these makes this slot check itself again, or empties it.'),
});

/** A flow file: which slots a form needs, in which order, and when. */
export const FlowSchema = z.strictObject({
  $schema: z.string().optional(),
  flow: z.string().regex(/^[a-z][a-zA-Z]*$/),
  version: z.number().int().positive().describe('Raise it with each change; a case records it.'),
  slots: z.array(FlowSlotSchema).min(1),
});
export type Flow = z.infer<typeof FlowSchema>;

interface Needs {
  settings: DialogueSettings;
}

function holds(condition: Condition, slot: SlotName, form: Form, context: Needs): boolean {
  if ('all' in condition) return condition.all.every((c) => holds(c, slot, form, context));
  if ('any' in condition) return condition.any.some((c) => holds(c, slot, form, context));
  if ('not' in condition) return !holds(condition.not, slot, form, context);
  if ('setting' in condition) return context.settings[condition.setting];
  if ('asked' in condition) return form.asked.includes(slot);
  if (condition.slot === 'network') {
    const network = form.slots.network;
    return network?.state === 'filled' && network.value.network === condition.is;
  }
  const serial = form.slots.serial;
  return serial?.state === 'filled' && condition.sourceIn.includes(serial.value.source);
}

/** The slots this form needs now, in the flow's order. Others lie dormant. */
export function neededSlots(flow: Flow, form: Form, context: Needs): SlotName[] {
  return flow.slots
    .filter(
      (entry) =>
        form.asked.includes(entry.slot) ||
        !entry.when ||
        holds(entry.when, entry.slot, form, context),
    )
    .map((entry) => entry.slot);
}

/** Where the form stands: the first slot that is needed and not filled; null when it is complete. */
export function position(flow: Flow, form: Form, context: Needs): SlotName | null {
  return (
    neededSlots(flow, form, context).find((slot) => form.slots[slot]?.state !== 'filled') ?? null
  );
}

/** The slots that a change of `changed` concerns. */
export function dependants(flow: Flow, changed: SlotName): SlotName[] {
  return flow.slots
    .filter(
      (entry) =>
        entry.slot !== changed &&
        (entry.dependsOn === 'everything' || entry.dependsOn?.includes(changed)),
    )
    .map((entry) => entry.slot);
}
